package dev.tandem.scenario;

import dev.tandem.docker.Await;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Nodes;
import dev.tandem.docker.Processes;
import dev.tandem.drill.DrillPlan;
import dev.tandem.drill.Drills;
import dev.tandem.drill.OwnSite;
import dev.tandem.drill.StreamPaths;
import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.fault.Faults;
import dev.tandem.drill.journal.OpenFaults;
import dev.tandem.load.ClassPlan;
import dev.tandem.load.LoadSource;
import dev.tandem.load.RequestClass;
import dev.tandem.model.Budget;
import dev.tandem.model.Site;
import dev.tandem.observe.Observer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Drills of a site inside this Java machine, as `tandem drill` runs them. All is well for a second
/// before and after, not for three: whether the site is well is asked before and after in any case,
/// and each class of requests must have been answered. So none of them takes seconds: there are no
/// slow answers, and a silent connection is so for half a second. `tandem drill` as a user types it
/// is the subject of {@link DrillTest}.
final class ShortDrills {
    private static final int RATE = 100;
    private static final Duration AROUND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// In the shares of a drill, without its slow answers.
    private static final List<ClassPlan> CLASSES =
            List.of(
                    ClassPlan.of(RequestClass.NEW_HTTP, 80),
                    ClassPlan.of(RequestClass.NEW_HTTPS, 10),
                    ClassPlan.of(RequestClass.KEPT_HTTP, 60),
                    ClassPlan.of(RequestClass.KEPT_HTTPS, 30),
                    ClassPlan.of(RequestClass.IDLE, 6).lasting(Duration.ofMillis(500)),
                    ClassPlan.of(RequestClass.UPLOAD, 12).asking(UnderLoad.ORDER));

    private static final Clock CLOCK = Clock.systemUTC();

    private final Drills drills;
    private final Path directory;
    private final StreamPaths streams;
    private int round;

    private ShortDrills(Drills drills, Path directory, StreamPaths streams) {
        this.drills = drills;
        this.directory = directory;
        this.streams = streams;
    }

    /// Of a site of web servers that were there already. Only what all of them can answer is asked,
    /// and what takes them seconds.
    ///
    /// @param slow the path of an answer that takes seconds
    static ShortDrills ofExisting(TestSite site, String slow) {
        List<ClassPlan> classes = new ArrayList<>(CLASSES);
        classes.removeIf(plan -> plan.kind() == RequestClass.UPLOAD);
        classes.add(ClassPlan.of(RequestClass.SLOW, 6).asking(slow).lasting(Duration.ZERO));
        return of(site, classes);
    }

    static ShortDrills of(TestSite site) {
        return of(site, CLASSES);
    }

    private static ShortDrills of(TestSite site, List<ClassPlan> classes) {
        Processes processes = new Processes();
        Docker docker = new Docker(processes);
        Site model = site.model();
        Path tls = site.rendered().resolve("tls");
        Nodes nodes = new Nodes(processes, Await.real());
        OwnSite subject =
                new OwnSite(
                        model,
                        tls,
                        DrillPass.of(site),
                        new Observer(docker, InstantSource.system()),
                        nodes,
                        () -> model);
        OpenFaults journal =
                new OpenFaults(site.rendered().resolve("faults"), Faults.known(), PATIENCE, CLOCK);
        OwnSite asked = subject.asked(classes);
        Drills.Tools tools = new Drills.Tools(docker, processes, LoadSource.HERE);
        Drills drills = new Drills(asked, tools, journal, new Quietly(), CLOCK);
        return new ShortDrills(drills, site.directory().resolve("drills"), StreamPaths.UNNAMED);
    }

    /// The same, with what stays open for long at these paths.
    ShortDrills with(StreamPaths paths) {
        return new ShortDrills(drills, directory, paths);
    }

    /// Runs one; returns the directory of its recording.
    Path drill(String name, Duration hold) {
        Fault fault = Faults.known().named(name).orElseThrow();
        DrillPlan plan = new DrillPlan(RATE, AROUND, hold, AROUND, Budget.NONE).with(streams);
        Path recording = directory.resolve(fault.name());
        round++;
        drills.run(fault, round, plan, recording);
        return recording;
    }
}
