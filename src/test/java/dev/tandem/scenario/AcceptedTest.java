package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.render.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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

    @BeforeAll
    static void startBoth() throws IOException {
        all = Files.createTempDirectory("tandem-check-" + TestSite.CHECK + "-accepted-");
        thousand = Files.createDirectory(all.resolve("thousand")).resolve("tandem.yaml");
        Files.writeString(thousand, thousand());
        Setting.Images images = Builds.once();
        CONTAINERS.put("balancer", start(images.balancer()));
        CONTAINERS.put("web", start(images.web()));
    }

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
            List<Path> examples = cases.sorted().map(c -> c.resolve("tandem.yaml")).toList();
            return Stream.concat(
                    Stream.of(Shell.HOME.resolve("tandem.yaml"), thousand), examples.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void haproxyAccepts(Path file) {
        List<String> balancers = nodes(rendered(file), "haproxy.cfg");
        assertThat(balancers).isNotEmpty();
        for (String balancer : balancers) {
            String command = "-c -f /site/" + balancer + "/haproxy.cfg";
            Output output = run("balancer", rendered(file), "haproxy " + command);
            assertThat(output.exit()).as(output.stderr()).isZero();
            assertThat(output.stdout() + output.stderr()).doesNotContain("WARNING");
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void keepalivedAccepts(Path file) {
        List<String> balancers = nodes(rendered(file), "keepalived.conf");
        assertThat(balancers).isNotEmpty();
        for (String balancer : balancers) {
            String command = "keepalived -t -l -f /site/" + balancer + "/keepalived.conf";
            Output output = run("balancer", rendered(file), command);
            assertThat(output.exit()).as(output.stdout() + output.stderr()).isZero();
            assertThat(output.stderr()).as("it has nothing to remark either").isBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void nftAccepts(Path file) {
        for (String balancer : nodes(rendered(file), "handover.nft")) {
            String command = "nft --check --file /site/" + balancer + "/handover.nft";
            Output output = run("balancer", rendered(file), command);
            assertThat(output.exit()).as(output.stderr()).isZero();
            assertThat(output.stdout() + output.stderr()).isBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void nginxAccepts(Path file) {
        for (String server : nodes(rendered(file), "nginx.conf")) {
            String tls = "ln -sfn /site/tls/" + server + " /etc/tandem-tls; ";
            String command = tls + "nginx -t -e stderr -c /site/" + server + "/nginx.conf";
            Output output = run("web", rendered(file), command);
            assertThat(output.exit()).as(output.stderr()).isZero();
            assertThat(output.stderr()).doesNotContain("[warn]");
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void composeAccepts(Path file) {
        Output output = Shell.run(rendered(file), "docker", "compose", "config", "--quiet");
        assertThat(output.exit()).as(output.stderr()).isZero();
        assertThat(output.stderr()).isBlank();
    }

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

    private static List<String> nodes(Path directory, String file) {
        try (Stream<Path> nodes = Files.list(directory)) {
            return nodes.filter(node -> Files.exists(node.resolve(file)))
                    .map(node -> node.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a script in the container of an image, where the site is what a node of it has.
    private static Output run(String image, Path directory, String script) {
        String prepare =
                "ln -sfn /sites/%s /site; ".formatted(directory.getFileName())
                        + "mkdir -p /run/tandem; echo '$LAN=eth0' > /run/tandem/lan.conf;"
                        + " echo '$MARK=test' > /run/tandem/mark.conf;"
                        + " echo 'define LAN = eth0' > /run/tandem/lan.nft;"
                        + " ln -sfn /site/tls/balancer /etc/tandem-tls; ";
        String container = Objects.requireNonNull(CONTAINERS.get(image));
        return Shell.run(directory, "docker", "exec", container, "sh", "-c", prepare + script);
    }
}
