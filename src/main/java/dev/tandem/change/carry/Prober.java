package dev.tandem.change.carry;

import dev.tandem.docker.Output;
import dev.tandem.docker.SiteEngines;
import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.model.TcpServer;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.Observer;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.SitePlace;
import dev.tandem.render.Layout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks a balancer as clients would: over each of its listeners, and over the wire.
///
/// The requests come from the network of another balancer, if there is one: from its own, they
/// would go over `lo`. They are sent by a separate container, because a node may run an older
/// image.
final class Prober {
    /// How many requests of each kind a balancer gets: enough for each web server to answer some.
    private static final int QUESTIONS = 6;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final SiteEngines engines;
    private final Observer observer;
    private final Site site;
    private final Eyes eyes;

    /// What the requests are made with.
    ///
    /// @param image an image with `probe`: that of the balancers, as wanted
    /// @param target where the site's files are
    record Eyes(String image, SitePlace target) {
        private static final String END = "-----END CERTIFICATE-----";

        /// How `probe` gets what a balancer's certificate is checked against. While certificates
        /// change, each machine has others: what counts are those of the one that is asked, of
        /// which there is a copy here.
        private List<String> certificates(Balancer asked) {
            Optional<String> machine = asked.machine();
            if (machine.isEmpty()) {
                Path tls = target.directory().tls().resolve(Layout.Tls.BALANCERS);
                return List.of("--volume", tls.toAbsolutePath() + ":" + Layout.Mounted.TLS + ":ro");
            }
            List<String> given = new ArrayList<>();
            String ca = copy(machine.get(), Layout.Tls.BALANCERS_AUTHORITY);
            String site = copy(machine.get(), Layout.Tls.BALANCERS + "/" + Layout.Tls.SITE_FILE);
            if (!ca.isEmpty()) {
                given.addAll(List.of("--env", "TANDEM_PROBE_CA=" + ca));
            }
            firstCertificate(site)
                    .ifPresent(one ->
                            given.addAll(List.of("--env", "TANDEM_PROBE_CERTIFICATE=" + one)));
            return given;
        }

        private String copy(String machine, String path) {
            return target.directory().read(Layout.onMachine(machine, Layout.Tls.path(path)));
        }

        /// Without the key, which is nobody's to see.
        private static Optional<String> firstCertificate(String pem) {
            int begin = pem.indexOf("-----BEGIN CERTIFICATE-----");
            int end = pem.indexOf(END, begin);
            return begin < 0 || end < 0
                    ? Optional.empty()
                    : Optional.of(pem.substring(begin, end + END.length()) + "\n");
        }
    }

    Prober(SiteEngines engines, Observer observer, Site site, Eyes eyes) {
        this.engines = engines;
        this.observer = observer;
        this.site = site;
        this.eyes = eyes;
    }

    /// The image that the requests are made with.
    String image() {
        return eyes.image();
    }

    /// What a balancer answers now. Without HTTP there is nothing to ask: a listener of a service
    /// says nothing to a balancer, and the inits ask it all the time.
    ///
    /// @throws Stop when it could not be asked
    Probing ask(String balancer) {
        Snapshot snapshot = observer.look(site);
        if (!site.hasWebServers()) {
            return Probing.ofServers(up(snapshot, balancer));
        }
        String from = asker(snapshot, balancer);
        Output output = engines.at(from).runOnce(LIMIT, arguments(from, balancer));
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    balancer + " could not be asked from " + from,
                    output.lastLines(5),
                    "what it would answer is unknown",
                    "tandem logs " + from);
        }
        return Probing.parse(output.stdout(), up(snapshot, balancer));
    }

    /// The balancer from whose network the requests come.
    private static String asker(Snapshot snapshot, String balancer) {
        return snapshot.balancers().keySet().stream()
                .filter(name -> !name.equals(balancer))
                .filter(name -> snapshot.answer(name).isPresent())
                .filter(name -> !snapshot.placement().isElsewhere(name))
                .sorted()
                .findFirst()
                .orElse(balancer);
    }

    private List<String> arguments(String from, String balancer) {
        Balancer asked =
                site.balancers().stream()
                        .filter(one -> one.name().equals(balancer))
                        .findFirst()
                        .orElseThrow();
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--network", "container:" + site.container(from)));
        // Only their owner, who need not be root, can read the certificates.
        arguments.addAll(List.of("--cap-drop", "ALL", "--cap-add", "DAC_READ_SEARCH"));
        arguments.addAll(eyes.certificates(asked));
        arguments.addAll(List.of("--entrypoint", "probe", eyes.image()));
        arguments.addAll(
                List.of(
                        asked.address().toString(),
                        Integer.toString(site.listen().http()),
                        Integer.toString(site.listen().https()),
                        certificateName(),
                        Integer.toString(QUESTIONS)));
        return arguments;
    }

    /// The name that the certificate must have, in the form that `probe` takes. The user's own
    /// certificate, or one of another CA, may have any names and any CA that its clients know, so
    /// it must be exactly that one.
    private String certificateName() {
        return site.tls().isForeign()
                ? "-"
                : site.tls().names().stream()
                        .filter(candidate -> !candidate.startsWith("*"))
                        .findFirst()
                        .orElse(site.vip().address().toString());
    }

    /// The servers to which a balancer sends requests and connections, in every backend. Not those
    /// whose part in a service may be another one a moment later.
    private List<String> up(Snapshot snapshot, String balancer) {
        List<String> changing =
                site.tcpServices().stream()
                        .filter(service -> service.check().choosesByRole())
                        .flatMap(service -> service.all().stream())
                        .map(TcpServer::name)
                        .toList();
        return snapshot.answer(balancer).stream()
                .flatMap(answer ->
                        site.namesOfServers().stream()
                                .filter(name -> !changing.contains(name) && uses(answer, name)))
                .toList();
    }

    private static boolean uses(BalancerSeen.Answered answer, String server) {
        List<ServerSeen> views =
                answer.servers().stream().filter(s -> s.server().equals(server)).toList();
        return !views.isEmpty() && views.stream().allMatch(seen -> seen.up() || seen.outlier());
    }
}
