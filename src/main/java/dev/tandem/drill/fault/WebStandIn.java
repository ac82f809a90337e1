package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Foreign;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.drill.ground.Toolbox;
import dev.tandem.drill.ground.Victims;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.render.Layout.Mounted;
import dev.tandem.render.Layout.Tls;
import java.util.List;
import java.util.Optional;

/// The first web server behind a stand-in: an HAProxy in its network that takes all connections
/// from outside, and either answers itself or passes every request on late. Existing connections
/// are reset, so that nothing bypasses it.
///
/// On ports 443 and 8443 it speaks TLS with the web server's own certificate, which it finds in the
/// web server's mounts; if there is none, these ports are left alone.
///
/// @param answers what clients get from it
/// @param rules what the stand-in does with a request, in HAProxy's syntax
record WebStandIn(String name, String summary, Answers answers, String rules) implements Fault {
    /// What clients get from the stand-in.
    enum Answers {
        FAILURES,
        LATE
    }

    private static final String SCRIPT =
            WebRefuses.FIND_PORTS
                    + "cat %1$s/%2$s %1$s/%3$s >/run/own.pem || rm -f /run/own.pem\n"
                            .formatted(Mounted.TLS, Tls.SERVER_FILE, Tls.SERVER_KEY_FILE)
                    + """
                    printf 'defaults\\n mode http\\n timeout connect 2s\\n' >/run/stand-in.cfg
                    printf ' timeout client 60s\\n timeout server 60s\\n' >>/run/stand-in.cfg
                    own=61000 taken='' moves=''
                    for port in $(echo $ports | tr , ' '); do
                      tls='' onward=''
                      case $port in 443 | 8443)
                        [ -e /run/own.pem ] || continue
                        tls='ssl crt /run/own.pem' onward='ssl verify none' ;;
                      esac
                      own=$((own + 1))
                      cat >>/run/stand-in.cfg <<END
                    listen in-$port
                      bind :$own $tls
                      %2$s
                      server self 127.0.0.1:$port $onward
                    END
                      taken="$taken${taken:+, }$port"
                      moves="$moves
                      tcp dport $port counter redirect to :$own"
                    done
                    haproxy -db -f /run/stand-in.cfg &
                    until ss -Hltn | grep -q ":$own "; do kill -0 $!; sleep 0.05; done
                    nft -f - <<END
                    table inet %1$s {
                      chain before {
                        type nat hook prerouting priority -100
                    $moves
                      }
                      chain in {
                        type filter hook input priority -400
                        iif != lo tcp dport { $taken } counter reject with tcp reset
                      }
                    }
                    END
                    """;

    static Fault web500() {
        String rules = "http-request return status 500 content-type text/plain string drill";
        String summary = "the first web server answers 500 to everything";
        return new WebStandIn("web-500", summary, Answers.FAILURES, rules);
    }

    /// Late, but in time for the balancers' checks: a slow server stays in rotation.
    static Fault webSlow() {
        String rules =
                """
                tcp-request inspect-delay 200ms
                  tcp-request content accept if WAIT_END\
                """;
        String summary = "the first web server answers every request 200 ms late";
        return new WebStandIn("web-slow", summary, Answers.LATE, rules);
    }

    @Override
    public Prediction cost(Costs costs) {
        return switch (answers) {
            case FAILURES -> costs.webFails(name);
            case LATE -> costs.webLate(name);
        };
    }

    @Override
    public boolean strikesWebServers() {
        return true;
    }

    @Override
    public String what(Ground ground) {
        return "nft: redirect all connections to %s to an HAProxy that does: %s"
                .formatted(Victims.FIRST_SERVER.containers(ground), rules.replaceAll("\\s+", " "));
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        return Victims.FIRST_SERVER
                .missing(ground)
                .or(() -> Foreign.sharedNetwork(ground, Victims.FIRST_SERVER.of(ground)));
    }

    @Override
    public void inject(Ground ground) {
        Toolbox toolbox = new Toolbox(ground, name);
        String script = SCRIPT.formatted(toolbox.table(), rules);
        for (Node node : Victims.FIRST_SERVER.of(ground)) {
            String mounts = node.container() + ":ro";
            List<String> more = List.of("--volumes-from", mounts, "--cap-add", "DAC_READ_SEARCH");
            toolbox.enter(node, script, more);
        }
    }

    @Override
    public void heal(Ground ground) {
        new Toolbox(ground, name).clear(Victims.FIRST_SERVER.of(ground));
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        return new Toolbox(ground, name).left(Victims.FIRST_SERVER.of(ground));
    }
}
