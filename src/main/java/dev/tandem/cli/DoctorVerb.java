package dev.tandem.cli;

import dev.tandem.change.Inspection;
import dev.tandem.doctor.Answer;
import dev.tandem.doctor.Diagnosis;
import dev.tandem.doctor.Examination;
import dev.tandem.doctor.Facts;
import dev.tandem.doctor.MachinesExamination;
import dev.tandem.doctor.MachinesFacts;
import dev.tandem.health.Health;
import dev.tandem.prepare.SitePlace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// `tandem doctor`: what is wrong with this machine or with the site, each with its cure. It heals
/// nothing, and changes nothing.
public final class DoctorVerb implements Verb<DoctorVerb.Asked> {
    private final Console console;
    private final Examination examination;
    private final MachinesExamination machines;
    private final Inspection inspection;
    private final LeftFaults left;

    /// The options.
    ///
    /// @param json whether the answer is for a program
    public record Asked(boolean json) {}

    public DoctorVerb(
            Console console,
            Examination examination,
            MachinesExamination machines,
            Inspection inspection,
            LeftFaults left) {
        this.console = console;
        this.examination = examination;
        this.machines = machines;
        this.inspection = inspection;
        this.left = left;
    }

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String summary() {
        return "Finds problems with this machine or site, and the fix. Exit code 1 if any.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Boolean> json = Json.option(options);
        return given -> new Asked(json.in(given));
    }

    /// Without a site file, the question is about the machine.
    @Override
    public ExitCode run(Asked asked, SiteFile file) {
        Optional<SitePlace> target =
                file.isMeant() || AppliedSite.beside(file).isPresent()
                        ? Optional.of(GivenSite.orApplied(file, console).place())
                        : Optional.empty();
        Diagnosis diagnosis =
                target.filter(one -> one.site().hasMachines())
                        .map(this::overMachines)
                        .orElseGet(() -> here(target));
        if (asked.json()) {
            console.answer(DoctorJson.of(diagnosis));
        } else {
            console.answer(DoctorText.of(diagnosis), Colouring.DOCTOR);
        }
        return diagnosis.good() ? ExitCode.OK : ExitCode.NO;
    }

    private Diagnosis here(Optional<SitePlace> target) {
        console.begin("looking at this machine and listening to the LAN");
        List<String> open = target.map(left::open).orElse(List.of());
        Facts facts = examination.look(target, open);
        Optional<Answer<Health>> health =
                target.filter(_ -> facts.engine().value().isPresent()).map(this::health);
        return Diagnosis.of(facts, health);
    }

    /// A machine that is silent is told at once: the others take some seconds more.
    private Diagnosis overMachines(SitePlace target) {
        console.begin("looking at the machines and listening to the LAN");
        Set<String> told = ConcurrentHashMap.newKeySet();
        MachinesFacts facts =
                machines.look(
                        target,
                        left.open(target),
                        silent -> {
                            if (told.add(silent.machine())) {
                                console.remark(silent + "; the others are looked at");
                            }
                        });
        return Diagnosis.of(
                facts, Optional.of(target).filter(_ -> facts.isAnyThere()).map(this::health));
    }

    private Answer<Health> health(SitePlace target) {
        return Answer.ask(() -> Health.of(inspection.look(target)));
    }
}
