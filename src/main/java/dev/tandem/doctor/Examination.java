package dev.tandem.doctor;

import dev.tandem.docker.Beside;
import dev.tandem.docker.Container;
import dev.tandem.docker.Docker;
import dev.tandem.docker.EngineInfo;
import dev.tandem.docker.Logs;
import dev.tandem.docker.Room;
import dev.tandem.docker.Runner;
import dev.tandem.docker.Where;
import dev.tandem.doctor.Facts.Leftover;
import dev.tandem.doctor.MachineSeen.Disk;
import dev.tandem.doctor.MachineSeen.Need;
import dev.tandem.model.Stop;
import dev.tandem.observe.Observer;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.SitePlace;
import dev.tandem.render.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/// Gathers the facts about this machine, its engine and a site. It changes nothing and builds no
/// image, and a container that it starts to query the kernel is gone afterwards.
///
/// It listens to the LAN for some seconds, and asks all other questions meanwhile.
public final class Examination {
    private static final Path TIME_KEPT = Path.of("/run/systemd/timesync/synchronized");
    private static final List<Path> IPTABLES =
            Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/usr/local/sbin")
                    .map(directory -> Path.of(directory, "iptables"))
                    .toList();

    private final Docker docker;
    private final Images images;
    private final Runner runner;
    private final Clock clock;
    private final SiteExamination site;

    public Examination(
            Docker docker, Observer observer, Images images, Runner runner, Clock clock) {
        this.docker = docker;
        this.images = images;
        this.runner = runner;
        this.clock = clock;
        this.site = new SiteExamination(docker, observer, images);
    }

    /// Examines everything.
    ///
    /// @param target the site; empty if there is no site file
    /// @param openFaults the faults that a drill has left open on it
    public Facts look(Optional<SitePlace> target, List<String> openFaults) {
        Answer<EngineSeen> engine = Answer.ask(this::engine);
        MachineSeen machine = machine(target, engine.value());
        if (engine instanceof Answer.Unknown<EngineSeen>(String reason)) {
            return new Facts(
                    machine,
                    engine,
                    new Answer.Unknown<>(reason),
                    new Answer.Unknown<>(reason),
                    new Answer.Unknown<>(reason),
                    new Answer.Unknown<>(reason),
                    target.map(one -> SiteExamination.withoutEngine(one, openFaults, reason)));
        }
        try (ExecutorService threads = Beside.each()) {
            CompletableFuture<Optional<SiteSeen>> seen =
                    CompletableFuture.supplyAsync(
                            () -> target.map(one -> site.look(one, openFaults)), threads);
            KernelLook kernel = KernelLook.look(docker, images.newest().balancer());
            Answer<List<Leftover>> leftovers = Answer.ask(() -> leftovers(engine.value()));
            return new Facts(
                    machine,
                    engine,
                    kernel.lacking(),
                    kernel.features(),
                    leftovers,
                    Answer.ask(() -> Logs.endless(docker)),
                    seen.join());
        }
    }

    /// What can be seen of this machine for a site that stands on others.
    MachineSeen hereFor(SitePlace target) {
        return machine(Optional.of(target), Optional.empty());
    }

    /// The version of the Compose that starts containers, here or on other machines.
    Answer<Optional<String>> composeVersion() {
        return Answer.ask(docker::composeVersion);
    }

    private EngineSeen engine() {
        Instant before = clock.instant();
        EngineInfo info = docker.info();
        Instant after = clock.instant();
        return new EngineSeen(
                info,
                docker.composeVersion(),
                docker.where(),
                ahead(info.clock(), before, after),
                IPTABLES.stream().anyMatch(Files::isExecutable));
    }

    /// When the clocks agree, the engine's time lies between the two local ones.
    private static Duration ahead(String text, Instant before, Instant after) {
        try {
            Instant theirs = OffsetDateTime.parse(text).toInstant();
            if (theirs.isBefore(before)) {
                return Duration.between(before, theirs);
            }
            return theirs.isAfter(after) ? Duration.between(after, theirs) : Duration.ZERO;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private MachineSeen machine(Optional<SitePlace> target, Optional<EngineSeen> engine) {
        List<Disk> disks = new ArrayList<>();
        target.ifPresent(one -> disks.add(disk(one.base(), Need.SITE)));
        engine.filter(one -> one.place() == Where.HERE)
                .ifPresent(one -> disks.add(disk(Path.of(one.info().root()), Need.ENGINE)));
        return new MachineSeen(
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                Files.exists(TIME_KEPT),
                target.flatMap(one -> written(one.directory().root().resolve(Layout.COMPOSE))),
                disks);
    }

    private Disk disk(Path path, Need need) {
        Answer<Room> room = Answer.ask(() -> Room.at(path, runner));
        return new Disk(path.toString(), need, room);
    }

    private static Optional<Instant> written(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Only the engine's own machine can tell whether a directory still exists.
    private List<Leftover> leftovers(Optional<EngineSeen> engine) {
        if (engine.filter(one -> one.place() == Where.HERE).isEmpty()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the directories of the engine's machine are not visible from here",
                    "",
                    "nothing was changed",
                    "run tandem doctor on that machine");
        }
        Map<String, List<Container>> gone = new LinkedHashMap<>();
        for (Container one : docker.containers()) {
            if (!one.role().isEmpty()
                    && !one.directory().isEmpty()
                    && !Files.exists(Path.of(one.directory()))) {
                gone.computeIfAbsent(one.project(), _ -> new ArrayList<>()).add(one);
            }
        }
        return gone.entrySet().stream()
                .map(e ->
                        new Leftover(
                                e.getKey(),
                                e.getValue().getFirst().directory(),
                                e.getValue().stream().map(Container::name).sorted().toList()))
                .toList();
    }
}
