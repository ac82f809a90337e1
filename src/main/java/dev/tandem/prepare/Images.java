package dev.tandem.prepare;

import dev.tandem.docker.Command;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.model.Role;
import dev.tandem.model.Stop;
import dev.tandem.render.Setting;
import dev.tandem.text.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// The two images. Their tags are hashes over the directories that they are built from, so an image
/// is rebuilt exactly when its directory has changed, and a container shows which one it runs.
public final class Images {
    private static final String BASE = "tandem/base:trixie";
    private static final Duration BASE_LIMIT = Duration.ofMinutes(10);

    /// The roles that have an image of their own.
    private static final List<Role> BUILT = List.of(Role.BALANCER, Role.WEB);

    private final Docker docker;
    private final Runner runner;
    private final Path home;

    /// @param home Tandem's own directory, with `images/` and `setup/`
    public Images(Docker docker, Runner runner, Path home) {
        this.docker = docker;
        this.runner = runner;
        this.home = home;
    }

    /// The names of the images that the sources in `images/` call for, whether they exist or not.
    public Setting.Images wanted() {
        return new Setting.Images(tag(Role.BALANCER), tag(Role.WEB));
    }

    /// Builds what does not exist yet.
    ///
    /// @throws Stop when a build fails
    public void ensure(Progress progress) {
        BUILT.forEach(role -> ensure(role, progress));
    }

    /// Builds the image of the balancers if it does not exist yet; returns its name.
    ///
    /// @throws Stop when the build fails
    public String ensureBalancer(Progress progress) {
        return ensure(Role.BALANCER, progress);
    }

    private String ensure(Role role, Progress progress) {
        String tag = tag(role);
        if (!docker.hasImage(tag)) {
            ensureBase(progress);
            build(source(role), tag, progress);
        }
        return tag;
    }

    /// Removes all of Tandem's images that are no longer in use; returns their names.
    public List<String> removeAll() {
        return Stream.concat(BUILT.stream().map(Images::repository), Stream.of("tandem/base"))
                .flatMap(name -> docker.images(name).stream())
                .filter(docker::removeImage)
                .toList();
    }

    private void ensureBase(Progress progress) {
        if (docker.hasImage(BASE)) {
            return;
        }
        progress.begin("building the base image " + BASE);
        Path script = home.resolve("setup/base-image");
        Output output =
                runner.run(Command.of(BASE_LIMIT, List.of(script.toString())), progress::detail);
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the base image could not be built",
                    output.lastLines(15),
                    "no container was started or changed",
                    script.toString());
        }
        progress.done("base image " + BASE + " made");
    }

    private void build(Path context, String tag, Progress progress) {
        progress.begin("building image " + tag);
        Output output = docker.build(context, tag, progress::detail);
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "image " + tag + " could not be built",
                    output.lastLines(15),
                    "no container was started or changed",
                    "DOCKER_BUILDKIT=0 docker build " + context);
        }
        progress.done("image " + tag + " built");
    }

    /// The directory that an image is built from.
    private Path source(Role role) {
        return home.resolve("images").resolve(role.word());
    }

    private static String repository(Role role) {
        return "tandem/" + role.word();
    }

    private String tag(Role role) {
        Path context = source(role);
        try (Stream<Path> files = Files.walk(context).filter(Files::isRegularFile)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files.sorted().toList()) {
                digest.update(
                        context.relativize(file)
                                .toString()
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update((byte) (Files.isExecutable(file) ? 1 : 0));
                digest.update(Files.readAllBytes(file));
            }
            return repository(role) + ":" + HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
