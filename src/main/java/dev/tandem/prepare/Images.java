package dev.tandem.prepare;

import dev.tandem.docker.Command;
import dev.tandem.docker.Docker;
import dev.tandem.docker.ImageStore;
import dev.tandem.docker.ImageStore.Memory;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// The two images.
///
/// The tag of one is a hash over the directory that it is built from: `tandem/web:5f1c0a2b3c4d`. So
/// it is rebuilt exactly when its directory has changed, and a container shows which one it runs.
/// One that was rebuilt, with the packages of a later day, has a mark of these besides:
/// `tandem/web:5f1c0a2b3c4d-9a8b7c6d`. The one before keeps its name, so that a site can go back.
public final class Images {
    private static final String BASE = "tandem/base:trixie";
    private static final Duration BASE_LIMIT = Duration.ofMinutes(15);
    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final Duration APT_LIMIT = Duration.ofSeconds(90);

    /// The roles that have an image of their own.
    private static final List<Role> BUILT = List.of(Role.BALANCER, Role.WEB);

    private final Docker docker;
    private final ImageStore store;
    private final Runner runner;
    private final Path home;

    /// What the sources are called, which is the same for every engine.
    private final Map<Role, String> tags;

    /// @param home Tandem's own directory, with `images/` and `setup/`
    public Images(Docker docker, Runner runner, Path home) {
        this(docker, runner, home, new ConcurrentHashMap<>());
    }

    private Images(Docker docker, Runner runner, Path home, Map<Role, String> tags) {
        this.docker = docker;
        this.store = docker.images();
        this.runner = runner;
        this.home = home;
        this.tags = tags;
    }

    /// The same of another engine.
    public Images on(Docker other) {
        return on(other, runner);
    }

    /// The same of another engine, with another way to start programs.
    public Images on(Docker other, Runner programs) {
        return new Images(other, programs, home, tags);
    }

    /// The names of the images that the sources in `images/` call for, whether they exist or not.
    public Setting.Images wanted() {
        return each(this::tag);
    }

    /// The images that a site runs, if they are made of the present sources; otherwise the newest
    /// that are, and without any, what {@link #wanted()} says.
    ///
    /// @param present the directory of the site
    public Setting.Images of(SiteDirectory present) {
        return each(role -> noted(present, role).orElseGet(() -> newest(role)));
    }

    /// The same without a site.
    public Setting.Images newest() {
        return each(this::newest);
    }

    /// An image of the balancers that the engine has, in which its machine can be looked at: the
    /// site's own, else the newest; empty when it has neither.
    Optional<String> toLook(SiteDirectory present) {
        return Stream.of(ImageNote.read(present, Role.BALANCER), Optional.of(newest().balancer()))
                .flatMap(Optional::stream)
                .filter(docker::hasImage)
                .findFirst();
    }

    /// Builds what a site needs and does not exist; returns the images that it is to run.
    ///
    /// @param present the directory of the site
    /// @throws Stop when a build fails
    public Setting.Images ensure(SiteDirectory present, Progress progress) {
        return each(role -> ensure(role, noted(present, role), progress));
    }

    /// The same for a site that is nowhere yet.
    public Setting.Images ensure(Progress progress) {
        return each(role -> ensure(role, Optional.empty(), progress));
    }

    /// Builds the image of the balancers if it does not exist yet; returns its name.
    ///
    /// @throws Stop when the build fails
    public String ensureBalancer(Progress progress) {
        return ensure(Role.BALANCER, Optional.empty(), progress);
    }

    /// Rebuilds base and images, out of the packages of today; returns the images that the site is
    /// to run. One whose packages are the same as before is not replaced.
    ///
    /// @param present the directory of the site
    /// @throws Stop when a build fails
    public Setting.Images refresh(SiteDirectory present, Progress progress) {
        makeBase(List.of("--fresh"), progress);
        return each(role -> refresh(role, of(present), progress));
    }

    /// Looks at images, and has apt say which updates they lack: it fetches its lists, so this
    /// takes seconds.
    public List<ImageSeen> examine(Setting.Images images) {
        return Stream.of(images.balancer(), images.web())
                .filter(docker::hasImage)
                .parallel()
                .map(this::examine)
                .toList();
    }

    /// The same for one.
    public ImageSeen examine(String image) {
        Output said = store.run(image, aptOptions(image), APT_LIMIT, Updates.COMMAND);
        return new ImageSeen(image, store.made(image), Optional.of(Updates.of(said)));
    }

    /// Looks how old an image is.
    public ImageSeen look(String image) {
        return new ImageSeen(image, store.made(image), Optional.empty());
    }

    /// Removes all of Tandem's images that are no longer in use; returns their names.
    public List<String> removeAll() {
        return Stream.concat(BUILT.stream().map(Images::repository), Stream.of("tandem/base"))
                .flatMap(name -> store.of(name).stream())
                .filter(store::remove)
                .toList();
    }

    /// The image that was noted for a site, if it is made of the present sources.
    private Optional<String> noted(SiteDirectory present, Role role) {
        return ImageNote.read(present, role).filter(image -> isOf(image, role));
    }

    private boolean isOf(String image, Role role) {
        String tag = tag(role);
        return image.equals(tag)
                || (image.startsWith(tag + "-")
                        && Packages.isMark(image.substring(tag.length() + 1)));
    }

    private String newest(Role role) {
        try {
            return store.of(repository(role)).stream()
                    .filter(image -> isOf(image, role))
                    .findFirst()
                    .orElseGet(() -> tag(role));
        } catch (Stop e) {
            return tag(role); // no engine: files are rendered all the same
        }
    }

    /// @param noted what the site runs; when that is gone, it is not taken back in time
    private String ensure(Role role, Optional<String> noted, Progress progress) {
        String image = noted.orElseGet(() -> newest(role));
        if (docker.hasImage(image)) {
            return image;
        }
        ensureBase(progress);
        if (image.equals(tag(role))) {
            build(role, image, Memory.KEPT, progress);
            progress.done("image " + image + " built");
            return image;
        }
        return refresh(role, wanted(), progress);
    }

    private String refresh(Role role, Setting.Images before, Progress progress) {
        String made = tag(role) + "-new" + ProcessHandle.current().pid();
        build(role, made, Memory.NONE, progress);
        try {
            Packages packages = packages(made);
            String present = role == Role.BALANCER ? before.balancer() : before.web();
            Optional<Packages> old =
                    docker.hasImage(present) ? Optional.of(packages(present)) : Optional.empty();
            if (old.filter(packages::equals).isPresent()) {
                progress.done("image " + present + " is up to date: no package has changed");
                return present;
            }
            String image = tag(role) + "-" + packages.mark();
            if (!docker.hasImage(image)) {
                store.name(made, image);
            }
            progress.done(
                    "image %s made%s"
                            .formatted(image, old.map(o -> ", " + packages.since(o)).orElse("")));
            return image;
        } finally {
            store.remove(made);
        }
    }

    private Packages packages(String image) {
        Output output = store.run(image, Map.of(), QUICK, Packages.COMMAND);
        Packages packages = Packages.parse(output.stdout());
        if (!output.ok() || packages.versions().isEmpty()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "which packages are in image " + image + " is not known",
                    output.lastLines(5),
                    "no container was started or changed",
                    "docker run --rm --entrypoint dpkg-query " + image + " --list");
        }
        return packages;
    }

    private void ensureBase(Progress progress) {
        if (!docker.hasImage(BASE)) {
            makeBase(List.of(), progress);
        }
    }

    private void makeBase(List<String> options, Progress progress) {
        progress.begin("building the base image " + BASE);
        List<String> argv = argv("setup/base-image", options);
        Output output =
                runner.run(
                        Command.of(BASE_LIMIT, argv),
                        line -> {
                            progress.detail(line);
                            if (line.contains(": warning: ")) {
                                progress.done(line.replaceFirst("^.*: warning: ", "warning: "));
                            }
                        });
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the base image could not be built",
                    output.lastLines(15),
                    "no container was started or changed",
                    String.join(" ", argv));
        }
        progress.done("base image " + BASE + " made");
    }

    private void build(Role role, String image, Memory memory, Progress progress) {
        progress.begin("building image " + image);
        Path context = source(role);
        Output output =
                store.build(
                        new ImageStore.Build(context, aptOptions(BASE), memory),
                        image,
                        progress::detail);
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "image " + image + " could not be built",
                    output.lastLines(15),
                    "no container was started or changed",
                    "DOCKER_BUILDKIT=0 docker build " + context);
        }
    }

    /// What apt has to be told in an image, while something is done there.
    private Map<String, String> aptOptions(String image) {
        Output output = runner.run(Command.of(QUICK, argv("setup/apt-options", List.of(image))));
        TreeMap<String, String> options = new TreeMap<>();
        output.stdout()
                .lines()
                .map(line -> line.split("=", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> options.put(words[0], words[1]));
        return options;
    }

    private List<String> argv(String script, List<String> arguments) {
        return Stream.concat(
                        Stream.of(home.resolve(script).toAbsolutePath().toString()),
                        arguments.stream())
                .toList();
    }

    private static Setting.Images each(Function<Role, String> image) {
        return new Setting.Images(image.apply(Role.BALANCER), image.apply(Role.WEB));
    }

    /// The directory that an image is built from.
    private Path source(Role role) {
        return home.resolve("images").resolve(role.word());
    }

    private static String repository(Role role) {
        return "tandem/" + role.word();
    }

    /// The sources are read once.
    private String tag(Role role) {
        return tags.computeIfAbsent(role, this::read);
    }

    private String read(Role role) {
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
