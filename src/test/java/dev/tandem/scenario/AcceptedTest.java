package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// HAProxy, Keepalived, Nginx and Compose accept what is rendered, each asked by itself, in the
/// very image that runs it.
@Tag("containers")
class AcceptedTest {
    private static String balancerImage = "";
    private static String webImage = "";

    /// An `up` builds the images; what it prints of them are their names.
    @BeforeAll
    static void images() {
        try (TestSite site = TestSite.likeTheCustomers().up()) {
            balancerImage = site.balancerImage();
            String web = "docker inspect -f {{.Config.Image}} " + site.container("web-a");
            webImage = Shell.type(web);
        }
    }

    static Stream<Path> sites() {
        try (Stream<Path> cases = Files.list(Shell.HOME.resolve("examples"))) {
            List<Path> examples = cases.sorted().map(c -> c.resolve("tandem.yaml")).toList();
            return Stream.concat(Stream.of(Shell.HOME.resolve("tandem.yaml")), examples.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void haproxyAccepts(Path file) {
        for (String balancer : nodes(rendered(file), "haproxy.cfg")) {
            String command = "-c -f /site/" + balancer + "/haproxy.cfg";
            Output output = run(rendered(file), balancerImage, "haproxy " + command);
            assertThat(output.exit()).as(output.stderr()).isZero();
            assertThat(output.stdout() + output.stderr()).doesNotContain("WARNING");
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void keepalivedAccepts(Path file) {
        for (String balancer : nodes(rendered(file), "keepalived.conf")) {
            String command = "keepalived -t -l -f /site/" + balancer + "/keepalived.conf";
            Output output = run(rendered(file), balancerImage, command);
            assertThat(output.exit()).as(output.stdout() + output.stderr()).isZero();
            assertThat(output.stderr()).as("it has nothing to remark either").isBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void nftAccepts(Path file) {
        for (String balancer : nodes(rendered(file), "handover.nft")) {
            String command = "nft --check --file /site/" + balancer + "/handover.nft";
            Output output = run(rendered(file), balancerImage, command);
            assertThat(output.exit()).as(output.stderr()).isZero();
            assertThat(output.stdout() + output.stderr()).isBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void nginxAccepts(Path file) {
        for (String server : nodes(rendered(file), "nginx.conf")) {
            String tls = "ln -s /site/tls/" + server + " /etc/tandem-tls; ";
            String command = tls + "nginx -t -e stderr -c /site/" + server + "/nginx.conf";
            Output output = run(rendered(file), webImage, command);
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
        Path directory = rendered(Shell.HOME.resolve("tandem.yaml"));
        Path broken = directory.resolve("haproxy-a").resolve(file);
        String text = Files.readString(broken);
        assertThat(text).contains(good);
        Files.writeString(broken, text.replace(good, bad));

        String command = "check-configuration haproxy-a haproxy-b";
        Output output = run(directory, balancerImage, "rm /etc/tandem-tls; " + command);

        assertThat(output.exit()).isEqualTo(1);
        assertThat(output.stdout()).contains(judge + ", haproxy-a:").doesNotContain(", haproxy-b:");
    }

    /// The files of a site, rendered by `tandem render` beside a copy of its directory.
    private static Path rendered(Path file) {
        try {
            Path output =
                    Files.createTempDirectory("tandem-check-" + TestSite.CHECK + "-accepted-");
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

    private static Output run(Path directory, String image, String script) {
        String prepare =
                "mkdir -p /run/tandem; echo '$LAN=eth0' > /run/tandem/lan.conf;"
                        + " echo '$MARK=test' > /run/tandem/mark.conf;"
                        + " echo 'define LAN = eth0' > /run/tandem/lan.nft;"
                        + " ln -s /site/tls/balancer /etc/tandem-tls; ";
        boolean balancer = image.equals(balancerImage);
        return Shell.run(
                directory,
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
                "sh",
                image,
                "-c",
                (balancer ? prepare : "") + script);
    }
}
