package dev.tandem;

import dev.tandem.acme.RenewalTimer;
import dev.tandem.acme.Renewals;
import dev.tandem.change.CertificateChange;
import dev.tandem.change.Changes;
import dev.tandem.change.Inspection;
import dev.tandem.change.Removal;
import dev.tandem.cli.ApplyVerb;
import dev.tandem.cli.CertificateVerb;
import dev.tandem.cli.Cli;
import dev.tandem.cli.Console;
import dev.tandem.cli.DashboardVerb;
import dev.tandem.cli.DoctorVerb;
import dev.tandem.cli.DownVerb;
import dev.tandem.cli.DrillSubjects;
import dev.tandem.cli.DrillVerb;
import dev.tandem.cli.ExitCode;
import dev.tandem.cli.HistoryVerb;
import dev.tandem.cli.ImportVerb;
import dev.tandem.cli.InitVerb;
import dev.tandem.cli.LeftFaults;
import dev.tandem.cli.LogsVerb;
import dev.tandem.cli.MachineEngines;
import dev.tandem.cli.MachineVerb;
import dev.tandem.cli.ManualVerbs;
import dev.tandem.cli.NodeVerb;
import dev.tandem.cli.NotifyVerb;
import dev.tandem.cli.PlanVerb;
import dev.tandem.cli.RehearseVerb;
import dev.tandem.cli.RenderVerb;
import dev.tandem.cli.ReportVerb;
import dev.tandem.cli.RollbackVerb;
import dev.tandem.cli.StatusVerb;
import dev.tandem.cli.UpVerb;
import dev.tandem.cli.ValidateVerb;
import dev.tandem.cli.Verb;
import dev.tandem.cli.VersionVerb;
import dev.tandem.cli.WhyVerb;
import dev.tandem.docker.Await;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.NodesOf;
import dev.tandem.docker.Runner;
import dev.tandem.docker.UsersEngine;
import dev.tandem.doctor.Examination;
import dev.tandem.doctor.MachinesExamination;
import dev.tandem.observe.Observer;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.Preparation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// Starts Tandem: wires the objects by hand, here and nowhere else, and hands over to the command
/// line.
public final class Tandem {
    private Tandem() {}

    /// The program. Exit codes: {@link dev.tandem.cli.ExitCode}.
    public static void main(String[] arguments) {
        Console console =
                new Console(
                        stream(FileDescriptor.out),
                        stream(FileDescriptor.err),
                        Console.Style.here());
        System.exit(run(console, Path.of(""), arguments).number());
    }

    /// Runs one command line in this process.
    ///
    /// @param typedIn the directory in which it was typed: the site file is looked for there
    public static ExitCode run(Console console, Path typedIn, String... arguments) {
        try (UsersEngine engine = new UsersEngine(System.getenv());
                Fleet fleet = new Fleet(engine)) {
            return cli(console, typedIn, engine, fleet).run(arguments);
        }
    }

    private static Cli cli(Console console, Path typedIn, Runner runner, Fleet fleet) {
        Path home = Path.of(System.getProperty("tandem.home", ".")).toAbsolutePath();
        List<Verb<?>> verbs = verbs(console, home, runner, fleet);
        verbs.add(new NotifyVerb(console, fleet));
        verbs.add(new DashboardVerb(console, home, other -> cli(other, typedIn, runner, fleet)));
        return new Cli(console, ManualVerbs.with(console, verbs), typedIn);
    }

    private static List<Verb<?>> verbs(Console console, Path home, Runner runner, Fleet fleet) {
        Await await = Await.real();
        Docker docker = new Docker(runner);
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
        StatusVerb.Tools looks = new StatusVerb.Tools(inspection, images, await, clock, fleet);
        DrillSubjects subjects = new DrillSubjects(console, nodes, observer, images, left);
        StatusVerb status = new StatusVerb(console, looks, left);
        List<Verb<?>> verbs = new ArrayList<>(List.of(status));
        verbs.addFirst(new UpVerb(console, engines, preparation, changes, left));
        verbs.addAll(changing(console, changes, engines.each(), left));
        verbs.addAll(
                List.of(
                        new RollbackVerb(console, changes, left),
                        new HistoryVerb(console, changes),
                        new CertificateVerb(console, orders(runner, home, changes, preparation)),
                        new DoctorVerb(console, examination, machines, inspection, left),
                        new LogsVerb(console, fleet, clock),
                        new WhyVerb(console, fleet, changes),
                        new DrillVerb(console, runner, subjects, clock),
                        new ReportVerb(console),
                        new InitVerb(console, home),
                        new ImportVerb(console, home),
                        new ValidateVerb(console, docker, images, preparation),
                        new RenderVerb(console, preparation, clock),
                        new DownVerb(console, changes, new Removal(fleet, console), images),
                        new VersionVerb(console),
                        new RehearseVerb(console, preparation, status, looks)));
        return verbs;
    }

    private static List<Verb<?>> changing(
            Console console, Changes changes, MachineEngines engines, LeftFaults left) {
        List<Verb<?>> verbs = new ArrayList<>();
        verbs.add(new PlanVerb(console, changes, engines, left));
        verbs.add(new ApplyVerb(console, changes, left));
        verbs.addAll(NodeVerb.all(console, changes, left));
        verbs.add(new MachineVerb(console, changes, left));
        return verbs;
    }

    private static CertificateVerb.Tools orders(
            Runner runner, Path home, Changes changes, Preparation preparation) {
        return new CertificateVerb.Tools(
                new Renewals(runner, Clock.systemUTC(), new SecureRandom()),
                new CertificateChange(changes, preparation),
                new RenewalTimer(Path.of("/"), runner),
                home);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
