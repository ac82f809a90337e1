package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.importing.ImportCase;
import dev.tandem.render.FrontDoor;
import dev.tandem.render.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// HAProxy, Keepalived, Nginx and Compose accept what is rendered, each asked by itself, in the
/// very image that runs it.
@Tag("containers")
class AcceptedTest {
    /// A container of each image, that only sleeps: what is asked in it is asked in no time.
    private static final Map<String, String> CONTAINERS = new HashMap<>();

    /// Where each site was rendered.
    private static final Map<Path, Path> RENDERED = new HashMap<>();

    private static Path all = Path.of("");

    /// The site file with the most web servers that there can be.
    private static Path thousand = Path.of("");

    /// The site file of one over two machines.
    private static Path machines = Path.of("");

    @BeforeAll
    static void startBoth() throws IOException {
        all = Files.createTempDirectory("tandem-check-" + TestSite.CHECK + "-accepted-");
        thousand = Files.createDirectory(all.resolve("thousand")).resolve("tandem.yaml");
        Files.writeString(thousand, thousand());
        machines = Files.createDirectory(all.resolve("two")).resolve("tandem.yaml");
        Files.writeString(machines, MACHINES);
        Setting.Images images = Builds.once();
        CONTAINERS.put("balancer", start(images.balancer()));
        CONTAINERS.put("web", start(images.web()));
    }

    private static final String MACHINES =
            """
            vip: {address: 192.168.0.150, interface: ens33}
            machines: {m1: {ssh: root@192.168.0.11}, m2: {ssh: root@192.168.0.12}}
            balancers: {haproxy-a: , haproxy-b: }
            servers: {web-a: , web-b: }
            """;

    private static String thousand() {
        String servers =
                IntStream.range(0, 1000)
                        .mapToObj("  web-%1$03d: {url: \"http://192.0.2.7:8%1$03d\"}\n"::formatted)
                        .collect(Collectors.joining());
        return """
        vip: {address: 192.168.0.150}
        balancers: {haproxy-a: , haproxy-b: }
        servers:
        """
                + servers;
    }

    private static String start(String image) {
        return Shell.type(
                "docker run --detach --cap-add NET_ADMIN --label dev.tandem.check="
                        + TestSite.CHECK
                        + (" --volume " + all + ":/sites:ro --entrypoint sleep " + image)
                        + " infinity");
    }

    @AfterAll
    static void removeBoth() {
        CONTAINERS.values().forEach(one -> Shell.type("docker rm --force " + one));
    }

    static Stream<Path> sites() {
        try (Stream<Path> cases = Files.list(Shell.HOME.resolve("examples"))) {
            List<Path> examples =
                    cases.sorted()
                            .map(one -> one.resolve("tandem.yaml"))
                            .filter(Files::exists)
                            .toList();
            return Stream.concat(
                    Stream.of(Shell.HOME.resolve("tandem.yaml"), thousand, machines),
                    examples.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void haproxyAccepts(Path file) {
        List<Path> balancers = nodes(file, "haproxy.cfg");
        assertThat(balancers).isNotEmpty();
        for (Path balancer : balancers) {
            String command = "-c -f /site/" + balancer.getFileName() + "/haproxy.cfg";
            Output output = run("balancer", balancer, "haproxy " + command);
            assertThat(output.exit()).as(output.stderr()).isZero();
            assertThat(output.stdout() + output.stderr()).doesNotContain("WARNING");
        }
    }

    /// What public pairs do (`examples/front-doors`), and what was imported: all asked at once.
    @Test
    void haproxyAcceptsFrontDoorsAndImports() throws IOException {
        Map<String, String> sites = new TreeMap<>();
        FrontDoor.all().forEach(door -> sites.put(door.name(), door.yaml()));
        ImportCase.all().forEach(one -> sites.put(one.name(), one.imported().yaml()));
        Path doors = Files.createDirectory(all.resolve("doors"));
        Path certificates = Files.createDirectory(doors.resolve("tls"));
        for (var site : sites.entrySet()) {
            Path node = Files.createDirectory(doors.resolve(site.getKey()));
            for (var file : FrontDoor.rendered(site.getValue()).files().entrySet()) {
                if (file.getKey().startsWith("haproxy-a/")) {
                    String name = file.getKey().substring("haproxy-a/".length());
                    Files.writeString(node.resolve(name), file.getValue());
                    for (MatchResult named :
                            CERTIFICATE.matcher(file.getValue()).results().toList()) {
                        Files.write(certificates.resolve(named.group(1)), FrontDoor.pem());
                    }
                }
            }
        }
        Output output = run("balancer", doors.resolve("node"), ASKING_ALL);
        assertThat(output.stdout().lines().filter(line -> !line.endsWith(": accepted")))
                .as(output.stdout() + output.stderr())
                .isEmpty();
        assertThat(output.stdout().lines()).hasSize(sites.size()).hasSizeGreaterThan(50);
    }

    private static final Pattern CERTIFICATE = Pattern.compile("/etc/tandem-tls/([A-Za-z0-9._-]+)");
    private static final String ASKING_ALL =
            """
            ln -sfn /site/tls /etc/tandem-tls
            for node in /site/*/; do
              [ "$node" != /site/tls/ ] || continue
              rm -rf /etc/tandem && cp -r "$node" /etc/tandem
              said=$(haproxy -c -f "$node/haproxy.cfg" 2>&1) && said=accepted
              echo "$(basename "$node"): $said"
            done
            """;

    @ParameterizedTest
    @MethodSource("sites")
    void keepalivedAccepts(Path file) {
        List<Path> balancers = nodes(file, "keepalived.conf");
        assertThat(balancers).isNotEmpty();
        for (Path balancer : balancers) {
            String at = "/site/" + balancer.getFileName();
            Output output =
                    run("balancer", balancer, "keepalived -t -l -f " + at + "/keepalived.conf");
            assertThat(output.exit()).as(output.stdout() + output.stderr()).isZero();
            assertThat(output.stderr()).as("it has nothing to remark either").isBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void nftAccepts(Path file) {
        for (Path balancer : nodes(file, "handover.nft")) {
            String at = "/site/" + balancer.getFileName();
            Output output = run("balancer", balancer, "nft --check --file " + at + "/handover.nft");
            assertThat(output.exit()).as(output.stderr()).isZero();
            assertThat(output.stdout() + output.stderr()).isBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void nginxAccepts(Path file) {
        for (Path server : nodes(file, "nginx.conf")) {
            String name = server.getFileName().toString();
            String tls = "ln -sfn /site/tls/" + name + " /etc/tandem-tls; ";
            String command = tls + "nginx -t -e stderr -c /site/" + name + "/nginx.conf";
            Output output = run("web", server, command);
            assertThat(output.exit()).as(output.stderr()).isZero();
            assertThat(output.stderr()).doesNotContain("[warn]");
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void composeAccepts(Path file) {
        for (Path place : places(file)) {
            Output output = Shell.run(place, "docker", "compose", "config", "--quiet");
            assertThat(output.exit()).as(output.stderr()).isZero();
            assertThat(output.stderr()).isBlank();
        }
    }

    /// Nobody on the LAN gets past the balancers, and nobody by saying that he comes from one.
    @Test
    void aWebServerOnTheLanAnswersTheBalancersAlone() {
        String web = webServer(places(machines).getFirst());
        try {
            Output output = asked(web);
            assertThat(output.stdout())
                    .as(output.stderr())
                    .isEqualTo(
                            """
                            192.168.0.151 -: 200
                            192.168.0.151 203.0.113.7: 200
                            192.168.0.99 -: 403
                            192.168.0.99 192.168.0.151: 403
                            """);
        } finally {
            Shell.type("docker rm --force " + web);
        }
    }

    private static String webServer(Path machine) {
        return Shell.type(
                "docker run --detach --network none --label dev.tandem.check="
                        + TestSite.CHECK
                        + (" --volume " + machine + "/web-a:/etc/tandem:ro")
                        + (" --volume " + machine + "/tls/web-a:/etc/tandem-tls:ro")
                        + (" --volume " + machine + "/web-a/content:/srv/content:ro ")
                        + Builds.once().web());
    }

    /// What a web server answers to a balancer and to somebody else, who both have their addresses
    /// where it runs.
    private static Output asked(String web) {
        String run = "docker run --rm --network container:%s --cap-add NET_ADMIN".formatted(web);
        List<String> words = new ArrayList<>(List.of(run.split(" ")));
        words.addAll(List.of("--label", "dev.tandem.check=" + TestSite.CHECK));
        words.addAll(List.of("--entrypoint", "perl", Builds.once().balancer()));
        words.addAll(List.of("-MHTTP::Tiny", "-e", ASKING));
        return Shell.run(all, words.toArray(String[]::new));
    }

    private static final String ASKING =
            """
            system "ip address add $_/32 dev lo" for qw(192.168.0.151 192.168.0.99);
            for my $from (qw(192.168.0.151 192.168.0.99)) {
                for my $for ('-', $from =~ /151/ ? '203.0.113.7' : '192.168.0.151') {
                    my %headers = $for eq '-' ? () : ('X-Forwarded-For' => $for);
                    my $status = 599;
                    for (1 .. 100) {       # until Nginx listens
                        $status = HTTP::Tiny->new(local_address => $from)
                            ->get('http://192.168.0.99/', {headers => \\%headers})->{status};
                        last if $status != 599;
                        select undef, undef, undef, 0.1;
                    }
                    print "$from $for: $status\n";
                }
            }
            """;

    @ParameterizedTest
    @CsvSource({
        "haproxy -c, haproxy.cfg, balance roundrobin, balance no",
        "keepalived -t, keepalived.conf, advert_int 0.05, advert_int never",
        "nft -c, handover.nft, socket wildcard 0 return, socket wildcard nobody return"
    })
    void aConfigurationThatIsBrokenIsNotAccepted(String judge, String file, String good, String bad)
            throws IOException {
        Path directory = render(Shell.HOME.resolve("tandem.yaml"));
        Path broken = directory.resolve("haproxy-a").resolve(file);
        String text = Files.readString(broken);
        assertThat(text).contains(good);
        Files.writeString(broken, text.replace(good, bad));

        // A container of its own: what judges there makes an interface.
        String[] judged = {
            "docker",
            "run",
            "--rm",
            "--cap-add",
            "NET_ADMIN",
            "--label",
            "dev.tandem.check=" + TestSite.CHECK,
            "--volume",
            directory + ":/site:ro",
            "--entrypoint",
            "check-configuration",
            Builds.once().balancer(),
            "haproxy-a",
            "haproxy-b"
        };
        Output output = Shell.run(directory, judged);

        assertThat(output.exit()).isEqualTo(1);
        assertThat(output.stdout()).contains(judge + ", haproxy-a:").doesNotContain(", haproxy-b:");
    }

    /// The files of a site, rendered once.
    private static Path rendered(Path file) {
        return RENDERED.computeIfAbsent(file, AcceptedTest::render);
    }

    /// Renders a site by `tandem render`.
    private static Path render(Path file) {
        try {
            Path output = Files.createTempDirectory(all, "site-");
            String tandem = Shell.HOME.resolve("tandem").toString();
            Output said =
                    Shell.run(file.resolveSibling("."), tandem, "render", "-o", output.toString());
            assertThat(said.exit()).as(said.stderr()).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is rendered of a site: for each of its machines, or all at once.
    private static List<Path> places(Path file) {
        Path machines = rendered(file).resolve("machines");
        return Files.exists(machines) ? children(machines) : List.of(rendered(file));
    }

    /// The directories of nodes that have a file of this name.
    private static List<Path> nodes(Path site, String file) {
        return places(site).stream()
                .flatMap(place -> children(place).stream())
                .filter(node -> Files.exists(node.resolve(file)))
                .toList();
    }

    private static List<Path> children(Path directory) {
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a script in the container of an image, where the site is what a node of it has.
    private static Output run(String image, Path node, String script) {
        Path directory = node.resolveSibling(".").normalize();
        String prepare =
                "ln -sfn /sites/%s /site; ".formatted(all.relativize(directory))
                        + "mkdir -p /run/tandem; echo '$LAN=eth0' > /run/tandem/lan.conf;"
                        + " echo '$MARK=test' > /run/tandem/mark.conf;"
                        + " echo 'define LAN = eth0' > /run/tandem/lan.nft;"
                        + " ln -sfn /site/tls/balancer /etc/tandem-tls; ";
        String container = Objects.requireNonNull(CONTAINERS.get(image));
        return Shell.run(directory, "docker", "exec", container, "sh", "-c", prepare + script);
    }
}
