package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.docker.Command;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.text.Pem;
import dev.tandem.text.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A site over several machines as it lies on disk: for each machine what its nodes read, and no
/// key of anybody else. There is no engine.
class MachinesRenderedTest {
    private static final String FILE =
            """
            vip: {address: 192.168.0.150, interface: ens33}
            machines: {m1: {ssh: root@192.168.0.11}, m2: {ssh: root@192.168.0.12}}
            balancers: {haproxy-a: {machine: m1}, haproxy-b: {machine: m2}}
            servers: {web-a: {machine: m1}, web-b: {machine: m2}}
            """;

    @TempDir private Path base;

    private static Site site(String file) {
        byte[] content = file.getBytes(StandardCharsets.UTF_8);
        return switch (SiteReader.read("tandem.yaml", content, new FakeSurroundings())) {
            case Reading.Good(Site site) -> site;
            case Reading.Bad bad -> throw new AssertionError(bad.render());
        };
    }

    /// No docker is installed: it has no images.
    private record Nobody() implements Runner {
        @Override
        public Output run(Command command, Consumer<String> line) {
            return new Output(Output.NOT_FOUND, "", "");
        }

        @Override
        public Following follow(Command command, Path file) {
            throw new AssertionError("asked: " + command);
        }
    }

    /// Nobody is told how far it has come.
    private record Silence() implements Progress {
        @Override
        public void begin(String activity) {}

        @Override
        public void detail(String detail) {}

        @Override
        public void done(String outcome) {}
    }

    /// Renders and returns all files, by their path in the site's directory.
    private List<String> rendered(String file) {
        Runner nobody = new Nobody();
        Docker docker = new Docker(nobody);
        Path home = Path.of(System.getProperty("tandem.home", "."));
        Images images = new Images(docker, nobody, home);
        Preparation preparation = new Preparation(docker, images, new Silence(), Clock.systemUTC());
        preparation.render(SitePlace.beside(base, site(file)));
        return directory().paths();
    }

    private SiteDirectory directory() {
        return new SiteDirectory(base.resolve(".tandem/tandem"));
    }

    @Test
    void eachMachineHasWhatItsNodesReadAndNothingOfTheOthers() {
        assertThat(rendered(FILE))
                .filteredOn(path -> !path.startsWith("tls/"))
                .containsExactly(
                        "machines/m1/compose.yaml",
                        "machines/m1/haproxy-a/duty",
                        "machines/m1/haproxy-a/handover.nft",
                        "machines/m1/haproxy-a/haproxy.cfg",
                        "machines/m1/haproxy-a/keepalived.conf",
                        "machines/m1/haproxy-a/servers.state",
                        "machines/m1/tls/balancer/ca.pem",
                        "machines/m1/tls/balancer/site.pem",
                        "machines/m1/tls/web-a/drill.conf",
                        "machines/m1/tls/web-a/server.key",
                        "machines/m1/tls/web-a/server.pem",
                        "machines/m1/web-a/content/index.html",
                        "machines/m1/web-a/nginx.conf",
                        "machines/m2/compose.yaml",
                        "machines/m2/haproxy-b/duty",
                        "machines/m2/haproxy-b/handover.nft",
                        "machines/m2/haproxy-b/haproxy.cfg",
                        "machines/m2/haproxy-b/keepalived.conf",
                        "machines/m2/haproxy-b/servers.state",
                        "machines/m2/tls/balancer/ca.pem",
                        "machines/m2/tls/balancer/site.pem",
                        "machines/m2/tls/web-b/drill.conf",
                        "machines/m2/tls/web-b/server.key",
                        "machines/m2/tls/web-b/server.pem",
                        "machines/m2/web-b/content/index.html",
                        "machines/m2/web-b/nginx.conf");
    }

    @Test
    void keysOnMachinesAreTheSitesOwnAndTheirOwnersAlone() throws IOException {
        rendered(FILE);
        for (String name : List.of("balancer/site.pem", "web-a/server.key", "web-a/drill.conf")) {
            Path key = directory().root().resolve("machines/m1/tls").resolve(name);
            assertThat(key).hasSameBinaryContentAs(directory().tls().resolve(name));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(
                                        directory().root().resolve("machines/m1/tls"))))
                .isEqualTo("rwx------");
    }

    @Test
    void theCertificateNamesEachAddressOnce() throws Exception {
        rendered(FILE);
        String site = Files.readString(directory().tls().resolve("balancer/site.pem"));
        assertThat(Pem.certificates(site).getFirst().getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .containsExactlyInAnyOrder("192.168.0.150", "192.168.0.151", "192.168.0.152");
    }

    @Test
    void aKeyGoesWithItsNode() {
        rendered(FILE);
        List<String> after = rendered(FILE.replace("web-a: {machine: m1}", "web-a: {machine: m2}"));

        assertThat(after)
                .contains("machines/m2/tls/web-a/server.key", "machines/m1/tls/balancer/site.pem")
                .noneMatch(path -> path.startsWith("machines/m1/") && path.contains("web-a"));
        assertThat(directory().root().resolve("machines/m1/tls/web-a")).doesNotExist();
    }

    @Test
    void aSiteThatNamesNoMachinesAnyMoreLeavesNoKeyThere() {
        rendered(FILE);
        List<String> after = rendered(FILE.replaceAll("machines: .*\n|\\{machine: m.}", ""));

        assertThat(after).contains("compose.yaml", "haproxy-a/haproxy.cfg");
        assertThat(after).noneMatch(path -> path.startsWith("machines/"));
    }

    @Test
    void renderingAgainWritesNothing() throws IOException {
        rendered(FILE);
        Path key = directory().root().resolve("machines/m1/tls/web-a/server.key");
        Object inode = Files.getAttribute(key, "unix:ino");
        rendered(FILE);
        assertThat(Files.getAttribute(key, "unix:ino")).isEqualTo(inode);
    }

    @Test
    void aMachineWhoseInterfaceNobodyKnowsIsNamedAndNothingIsWritten() {
        assertThatThrownBy(() -> rendered(FILE.replace("interface: ens33", "interface: auto")))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind()).isEqualTo(Stop.Kind.REFUSED);
                            assertThat(stop.seen())
                                    .contains("machines.m1.interface: nobody asked m1 which")
                                    .contains("machines.m2.interface: nobody asked m2 which");
                        });
        assertThat(directory().paths()).isEmpty();
    }
}
