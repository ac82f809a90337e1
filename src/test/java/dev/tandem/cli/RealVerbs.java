package dev.tandem.cli;

import dev.tandem.acme.RenewalTimer;
import dev.tandem.acme.Renewals;
import dev.tandem.change.CertificateChange;
import dev.tandem.change.Changes;
import dev.tandem.change.Inspection;
import dev.tandem.change.Removal;
import dev.tandem.docker.Await;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.NodesOf;
import dev.tandem.docker.Processes;
import dev.tandem.docker.Runner;
import dev.tandem.doctor.Examination;
import dev.tandem.doctor.MachinesExamination;
import dev.tandem.observe.Observer;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.Preparation;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// The verbs as the program wires them, for calls that end before an engine is asked, or with an
/// engine of the test's.
final class RealVerbs {
    private static final Path NOWHERE = Path.of("/nonexistent");

    private RealVerbs() {}

    static Cli cli(Console console) {
        return new Cli(console, all(console));
    }

    static Cli cli(Console console, Runner engine) {
        return new Cli(console, all(console, engine, Await.real(), NOWHERE));
    }

    /// The same, with the images of this home.
    static Cli cli(Console console, Runner engine, Await await) {
        Path home = Path.of(System.getProperty("tandem.home", "."));
        return new Cli(console, all(console, engine, await, home));
    }

    static List<Verb<?>> all(Console console) {
        return all(console, new Processes(), Await.real(), NOWHERE);
    }

    private static List<Verb<?>> all(Console console, Runner runner, Await await, Path home) {
        Docker docker = new Docker(runner);
        Fleet fleet = new Fleet(runner);
        Clock clock = Clock.systemUTC();
        Observer observer = new Observer(fleet, clock);
        Images images = new Images(docker, runner, home);
        Preparation preparation = new Preparation(fleet, images, console, clock);
        Changes changes = new Changes(fleet, observer, preparation, console, clock, await);
        Inspection inspection = new Inspection(observer, preparation, clock);
        UpVerb.Engines engines = UpVerb.Engines.of(console, fleet, runner, home);
        NodesOf nodes = new NodesOf(fleet, await, clock);
        LeftFaults left = new LeftFaults(console, nodes, clock);
        Examination examination = new Examination(docker, observer, images, runner, clock);
        MachinesExamination machines =
                new MachinesExamination(fleet, observer, images, examination, clock);
        DrillSubjects subjects = new DrillSubjects(console, nodes, observer, images, left);
        StatusVerb.Tools looks = new StatusVerb.Tools(inspection, images, await, clock, fleet);
        List<Verb<?>> verbs = new ArrayList<>();
        verbs.add(new UpVerb(console, engines, preparation, changes, left));
        StatusVerb status = new StatusVerb(console, looks, left);
        verbs.add(status);
        verbs.addAll(others(console, changes, engines.each(), left));
        verbs.addAll(
                List.of(
                        new CertificateVerb(console, orders(runner, changes, preparation)),
                        new DoctorVerb(console, examination, machines, inspection, left),
                        new LogsVerb(console, fleet, clock),
                        new WhyVerb(console, fleet, changes),
                        new NotifyVerb(console, fleet),
                        new DrillVerb(console, runner, subjects, clock),
                        new ReportVerb(console),
                        new InitVerb(console, home),
                        new ValidateVerb(console, docker, images, preparation),
                        new RenderVerb(console, preparation, clock),
                        new DownVerb(console, changes, new Removal(fleet, console), images),
                        new VersionVerb(console),
                        new RehearseVerb(console, preparation, status, looks)));
        return ManualVerbs.with(console, verbs);
    }

    private static List<Verb<?>> others(
            Console console, Changes changes, MachineEngines engines, LeftFaults left) {
        List<Verb<?>> verbs = new ArrayList<>(NodeVerb.all(console, changes, left));
        verbs.addAll(
                List.of(
                        new PlanVerb(console, changes, engines, left),
                        new ApplyVerb(console, changes, left),
                        new MachineVerb(console, changes, left),
                        new DashboardVerb(console, Path.of("/nonexistent"), RealVerbs::cli),
                        new RollbackVerb(console, changes, left),
                        new HistoryVerb(console, changes),
                        new ImportVerb(console, Path.of("/nonexistent"))));
        return verbs;
    }

    private static CertificateVerb.Tools orders(
            Runner runner, Changes changes, Preparation preparation) {
        return new CertificateVerb.Tools(
                new Renewals(runner, Clock.systemUTC(), new SecureRandom()),
                new CertificateChange(changes, preparation),
                new RenewalTimer(NOWHERE, runner),
                NOWHERE);
    }
}
