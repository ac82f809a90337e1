package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Foreign;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Toolbox;
import dev.tandem.drill.ground.Victims;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.util.List;
import java.util.Optional;

/// The first web server as if its program were down while its machine is up: every packet to the
/// ports that it listens on is answered with a reset, by rules in its own network.
record WebRefuses() implements Fault {
    /// Sets `ports` to the ports listened on, except those reachable only from the machine itself.
    static final String FIND_PORTS =
            """
            ports=$(ss -Hltn | awk '$4 !~ /^127\\.|^\\[::1\\]/ { sub(/.*:/, "", $4); print $4 }' \
              | sort -nu | paste -sd, -)
            [ -n "$ports" ] || { echo 'nothing listens there'; exit 1; }
            """;

    @Override
    public String name() {
        return "web-refuse";
    }

    @Override
    public String summary() {
        return "the first web server refuses connections and resets the open ones";
    }

    @Override
    public Prediction cost(Costs costs) {
        return costs.webRefuses(name());
    }

    @Override
    public boolean strikesWebServers() {
        return true;
    }

    @Override
    public String what(Ground ground) {
        return "nft: reset every connection to " + Victims.FIRST_SERVER.containers(ground);
    }

    @Override
    public Optional<String> obstacle(Ground ground) {
        return Victims.FIRST_SERVER
                .missing(ground)
                .or(() -> Foreign.sharedNetwork(ground, Victims.FIRST_SERVER.of(ground)));
    }

    @Override
    public void inject(Ground ground) {
        Toolbox toolbox = new Toolbox(ground, name());
        String rules =
                FIND_PORTS
                        + """
                        nft -f - <<END
                        table inet %s {
                          chain in {
                            type filter hook input priority -400
                            tcp dport { $ports } counter reject with tcp reset
                          }
                        }
                        END
                        """
                                .formatted(toolbox.table());
        Victims.FIRST_SERVER.of(ground).forEach(node -> toolbox.enter(node, rules, List.of()));
    }

    @Override
    public void heal(Ground ground) {
        new Toolbox(ground, name()).clear(Victims.FIRST_SERVER.of(ground));
    }

    @Override
    public Optional<String> unhealed(Ground ground) {
        return new Toolbox(ground, name()).left(Victims.FIRST_SERVER.of(ground));
    }
}
