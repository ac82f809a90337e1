package dev.tandem.cli;

import dev.tandem.doctor.Diagnosis;
import dev.tandem.doctor.Examination;
import dev.tandem.prepare.SitePlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `tandem doctor`: what is wrong with this machine or with the site, each with its cure. It heals
/// nothing itself, and changes nothing.
public final class DoctorVerb implements Verb {
    private final Console console;
    private final Examination examination;
    private final LeftFaults left;

    public DoctorVerb(Console console, Examination examination, LeftFaults left) {
        this.console = console;
        this.examination = examination;
        this.left = left;
    }

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String summary() {
        return "What is wrong with this machine or site, and the cure. Exit code 1 when ill.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--json").description("As JSON, for programs.").build());
    }

    @Override
    public ExitCode run(ParseResult arguments) {
        Optional<SitePlace> target = target(arguments);
        console.begin("looking at this machine, and listening to the LAN");
        List<String> open = target.map(left::open).orElse(List.of());
        Diagnosis diagnosis = Diagnosis.of(examination.look(target, open));
        console.answer(
                arguments.hasMatchedOption("--json")
                        ? DoctorJson.of(diagnosis)
                        : DoctorText.of(diagnosis));
        return diagnosis.good() ? ExitCode.OK : ExitCode.NO;
    }

    /// Who has no site yet asks about the machine.
    private static Optional<SitePlace> target(ParseResult arguments) {
        return arguments.hasMatchedOption("--file") || Files.exists(Path.of(SiteLoader.DEFAULT))
                ? Optional.of(SiteLoader.load(arguments))
                : Optional.empty();
    }
}
