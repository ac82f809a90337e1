package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.render.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// `up --refresh` under load: every node gets an image with newer packages and no request is lost;
/// `rollback` brings the old ones back in the same way.
///
/// The images stand on those of the other tests, and have one package more, whose version is that
/// of the moment: so a build takes two seconds, and a mirror need not have anything new. That the
/// base is rebuilt is the subject of {@link BaseImageTest}.
@Tag("containers")
@Tag("counting")
@Tag("slow")
@TestMethodOrder(OrderAnnotation.class)
class RefreshTest {
    private static final List<String> NODES = List.of("haproxy-a", "haproxy-b", "web-a", "web-b");
    private static final TestSite SITE = TestSite.forLoad();
    private static final ChangingSite LIVE = new ChangingSite(SITE);
    private static final Path HOME = SITE.directory().resolve("home");

    /// What the balancers' image is made on.
    private static final String BASE = "check-" + TestSite.CHECK + "-refreshed:base";

    /// All that were made: they are removed.
    private static final Set<String> MADE = new HashSet<>();

    @BeforeAll
    static void itIsUp() throws Exception {
        Setting.Images real = Builds.once();
        Shell.answer("docker", "tag", real.balancer(), BASE);
        MADE.add(BASE);
        source("balancer", BASE);
        source("web", real.web());
        for (String script : List.of("base-image", "apt-options")) {
            Path file = HOME.resolve("setup").resolve(script);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\nexit 0\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        succeeds("up");
        LIVE.begin();
    }

    @AfterAll
    static void itIsGone() throws Exception {
        LIVE.end();
        MADE.forEach(image -> Shell.run(Shell.HOME, "docker", "image", "rm", "--force", image));
    }

    private static void source(String role, String image) throws IOException {
        Path context = Files.createDirectories(HOME.resolve("images").resolve(role));
        Files.writeString(
                context.resolve("Dockerfile"),
                """
                FROM %s
                LABEL dev.tandem.check=%s of=%s
                RUN printf 'Package: moment\\nStatus: install ok installed\\nMaintainer: t\\n\
                Architecture: all\\nVersion: %%s\\nDescription: t\\n\\n' "$(date +%%s%%N)" \
                >>/var/lib/dpkg/status
                """
                        .formatted(image, TestSite.CHECK, SITE.name()));
    }

    /// Tandem with a home of its own.
    private static Output tandem(String... arguments) {
        String before = System.setProperty("tandem.home", HOME.toString());
        try {
            return CalledTandem.run(SITE.directory(), arguments);
        } finally {
            System.setProperty("tandem.home", before == null ? "." : before);
        }
    }

    private static Output succeeds(String... arguments) {
        Output output = tandem(arguments);
        assertThat(output.exit()).as(output.stdout() + output.stderr()).isZero();
        images();
        return output;
    }

    private static String image(String node) {
        return Shell.answer(
                "docker", "inspect", "--format", "{{.Config.Image}}", SITE.container(node));
    }

    private static List<String> images() {
        List<String> images = NODES.stream().map(RefreshTest::image).toList();
        MADE.addAll(images);
        return images;
    }

    private static List<String> ids() {
        return NODES.stream().map(LIVE::containerId).toList();
    }

    /// Half of the nodes have the new images when a balancer does not start with its own: what was
    /// replaced goes back, and nothing is lost. The next call begins again: that of the next test.
    @Test
    @Order(1)
    void aRefreshThatFailsHalfWayIsTakenBack() throws Exception {
        List<String> before = images();
        String sound = Shell.answer("docker", "image", "inspect", "-f", "{{.Id}}", BASE);
        Files.writeString(
                HOME.resolve("broken.dockerfile"),
                "FROM %s\nLABEL dev.tandem.check=%s\nRUN rm /usr/local/bin/init\n"
                        .formatted(BASE, TestSite.CHECK));
        Shell.answer(
                "sh", "-c", "docker build -q -t " + BASE + " - <" + HOME + "/broken.dockerfile");

        Output failed = tandem("up", "--refresh", "--watch-time", "1", "--wait-timeout", "10");

        Shell.answer("docker", "tag", sound, BASE);
        assertThat(failed.exit()).as(failed.stdout() + failed.stderr()).isEqualTo(5);
        assertThat(failed.stderr())
                .contains("replace web-b", "docker compose could not start haproxy-b")
                .contains("the change was taken back: the site runs as before it");
        LIVE.nothingIsLost("up --refresh that failed");
        assertThat(images()).isEqualTo(before);
        assertThat(tandem("status").exit()).isZero();
        assertThat(succeeds("up").stdout()).as("no refresh is owed").contains("Nothing to change");
        assertThat(images()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void newerPackagesReplaceEveryNodeWithoutLossAndRollbackBringsTheOldOnesBack() {
        List<String> before = images();
        List<String> old = ids();

        Output refreshed = succeeds("up", "--refresh", "--watch-time", "1");
        LIVE.nothingIsLost("up --refresh");
        assertThat(refreshed.stderr()).contains("1 package changed: moment ");
        List<String> after = images();
        for (int i = 0; i < NODES.size(); i++) {
            assertThat(after.get(i)).matches(before.get(i) + "-[0-9a-f]{8}");
        }
        assertThat(ids()).doesNotContainAnyElementsOf(old);
        assertThat(LIVE.holders()).containsExactly("haproxy-a");
        Output status = tandem("status");
        assertThat(status.exit()).as(status.stdout()).isZero();
        assertThat(status.stdout()).containsPattern(after.get(2) + " +made today +web-a, web-b");
        assertThat(tandem("plan").stdout()).startsWith("Nothing to do: ");
        builtByHand(after.get(2));

        succeeds("rollback", "--yes", "--watch-time", "1");
        LIVE.nothingIsLost("rollback");
        assertThat(images()).isEqualTo(before);
        assertThat(succeeds("up").stdout()).contains("Nothing to change");
        assertThat(images()).isEqualTo(before);
    }

    /// Another image gets the name of the one that runs: the engine shows that by an id, and the
    /// plan says it.
    private static void builtByHand(String image) {
        Shell.answer("docker", "tag", image, image + "-kept");
        MADE.add(image + "-kept");
        Shell.answer("docker", "tag", Builds.once().web(), image);
        assertThat(tandem("plan").stdout())
                .contains("replace    web-a  its image was rebuilt under the same name")
                .contains("replace    web-b  its image was rebuilt under the same name")
                .doesNotContain("replace    haproxy-a");
        Shell.answer("docker", "tag", image + "-kept", image);
        assertThat(tandem("plan").stdout()).startsWith("Nothing to do: ");
    }
}
