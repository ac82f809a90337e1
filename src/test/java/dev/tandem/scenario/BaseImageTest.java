package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Docker;
import dev.tandem.docker.ImageStore;
import dev.tandem.docker.Output;
import dev.tandem.docker.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in the base image: sources with security updates, or a word that there are none; and
/// nothing that this machine tells its own apt.
@Tag("containers")
@Tag("slow")
class BaseImageTest {
    private static final String IMAGE = "tandem/base:" + Forks.name();
    private static final String BUILT = IMAGE + "-built";
    private static final String PROXY = "http://me:secret@proxy.invalid:3128";

    @TempDir private static Path directory;

    @AfterAll
    static void itIsGone() {
        Shell.run(Shell.HOME, "docker", "image", "rm", "--force", BUILT, IMAGE);
    }

    private static String inside(String... argv) {
        String[] all = new String[argv.length + 4];
        System.arraycopy(new String[] {"docker", "run", "--rm", IMAGE}, 0, all, 0, 4);
        System.arraycopy(argv, 0, all, 4, argv.length);
        return Shell.run(Shell.HOME, all).stdout();
    }

    @Test
    void itIsMadeFromScratchAndKeepsNothingOfThisMachinesApt() throws IOException {
        Shell.asRoot("build an image out of packages");
        Path options = directory.resolve("apt.conf");
        Files.writeString(
                options,
                """
                Acquire::http::Proxy::nobody.invalid "%s";
                Acquire::Check-Valid-Until "false";
                """
                        .formatted(PROXY));
        Output made =
                Shell.run(
                        directory,
                        "env",
                        "APT_CONFIG=" + options,
                        "TANDEM_SETUP_LOG=" + directory.resolve("log"),
                        Shell.HOME.resolve("setup/base-image").toString(),
                        "--fresh",
                        "--name",
                        IMAGE);
        assertThat(made.exit()).as(made.stderr()).isZero();

        assertThat(inside("apt-config", "dump"))
                .contains("Acquire::Languages")
                .doesNotContainIgnoringCase("proxy::nobody")
                .doesNotContain("Check-Valid-Until");
        assertThat(inside("grep", "-rl", "me:secret", "/etc", "/var", "/root")).isEmpty();
        boolean secured =
                inside("sh", "-c", "cat /etc/apt/sources.list /etc/apt/sources.list.d/*")
                        .contains("trixie-security");
        assertThat(secured || made.stderr().contains("no mirror with trixie-security"))
                .as(made.stderr())
                .isTrue();
    }

    /// A proxy's address goes into a build through the environment, and stays nowhere.
    @Test
    void aProxyWithItsPasswordStaysInNoImageThatIsBuilt() throws IOException {
        Builds.once();
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(
                context.resolve("Dockerfile"),
                """
                FROM tandem/base:trixie
                RUN test "$http_proxy" = '%s' && echo met >/met
                """
                        .formatted(PROXY.replace("secret", "sec''ret")));
        ImageStore store = new Docker(new Processes()).images();
        Output built =
                store.build(
                        new ImageStore.Build(
                                context, Map.of("http_proxy", PROXY), ImageStore.Memory.NONE),
                        BUILT,
                        _ -> {});
        assertThat(built.exit()).as(built.stdout() + built.stderr()).isZero();
        assertThat(Shell.answer("docker", "history", "--no-trunc", BUILT))
                .contains("echo met")
                .doesNotContain("secret@");
        assertThat(Shell.answer("docker", "inspect", BUILT)).doesNotContain("secret@");
    }
}
