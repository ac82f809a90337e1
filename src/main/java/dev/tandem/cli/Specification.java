package dev.tandem.cli;

import dev.tandem.manual.ProgramPage;
import dev.tandem.manual.ProgramPage.Arity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The whole command line as picocli has it: reads what {@link PlainWords} leaves, prints help,
/// says what is wrong, and describes the program for shells and manual pages.
///
/// It is built by hand, not from annotations, which take longer to be read.
final class Specification {
    private static final Map<String, String> OTHER_WORDS =
            Map.ofEntries(
                    Map.entry("start", "up"),
                    Map.entry("restart", "up"),
                    Map.entry("create", "up"),
                    Map.entry("stop", "down"),
                    Map.entry("destroy", "down"),
                    Map.entry("rm", "down"),
                    Map.entry("ps", "status"),
                    Map.entry("log", "logs"),
                    Map.entry("failover", "switchover"),
                    Map.entry("undrain", "ready"),
                    Map.entry("diff", "plan"),
                    Map.entry("test", "drill"),
                    Map.entry("kill-haproxy", "drill haproxy-kill"));

    private static final String SUMMARY =
            "A front door that does not fall over: HAProxy, Keepalived and Nginx from one file.";
    private static final String EXIT_CODES =
            "Exit codes: 0 yes, 1 no, 2 wrong usage, 3 site file, 4 refused, 5 environment,"
                    + " 6 inconclusive drill, 70 bug, 130 interrupted (Ctrl-C),"
                    + " 143 ended (SIGTERM).";

    /// What a command line comes to.
    sealed interface Outcome {
        /// A verb is to be run.
        record Call(String verb, Given given) implements Outcome {}

        /// Help is to be shown.
        record Help(String text, ExitCode code) implements Outcome {}

        /// It is wrong, in these lines.
        record Wrong(List<String> lines) implements Outcome {}
    }

    private final CommandSpec root = CommandSpec.create().name("tandem");

    Specification() {
        root.usageMessage()
                .description(SUMMARY)
                .synopsisSubcommandLabel("VERB")
                .footer("", EXIT_CODES);
        root.addOption(help());
    }

    /// Adds a verb with what it declares.
    void add(Verb<?> verb, List<Declared> declared) {
        CommandSpec spec = of(declared).name(verb.name());
        spec.usageMessage(new UsageMessageSpec().description(verb.summary()).hidden(verb.hidden()));
        root.addSubcommand(verb.name(), spec);
    }

    /// The command line of one verb.
    static CommandSpec of(List<Declared> declared) {
        CommandSpec spec = CommandSpec.create();
        spec.addOption(help());
        int arguments = 0;
        for (Declared one : declared) {
            if (one.isArgument()) {
                spec.addPositional(argument(one, arguments++));
            } else {
                spec.addOption(option(one));
            }
        }
        return spec;
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help.")
                .build();
    }

    private static OptionSpec option(Declared one) {
        String[] names = one.names().toArray(String[]::new);
        OptionSpec.Builder option =
                OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
                        .description(plain(one.description()));
        if (!one.label().isEmpty()) {
            option.paramLabel(one.label());
        }
        return switch (one.kind()) {
            case TEXT -> option.type(String.class).build();
            case TEXTS -> option.arity("1").type(List.class).auxiliaryTypes(String.class).build();
            case NUMBER -> option.type(int.class).build();
            case UNLESS_NO ->
                    option.negatable(true)
                            .defaultValue("true")
                            .fallbackValue("true")
                            .type(boolean.class)
                            .build();
            case FLAG, ARGUMENT, OPTIONAL_ARGUMENT, ARGUMENTS -> option.build();
        };
    }

    private static PositionalParamSpec argument(Declared one, int index) {
        PositionalParamSpec.Builder argument =
                PositionalParamSpec.builder()
                        .paramLabel(one.label())
                        .description(plain(one.description()));
        if (one.kind() == Declared.Kind.ARGUMENTS) {
            return argument.arity("0..*").type(List.class).auxiliaryTypes(String.class).build();
        }
        return argument.index(Integer.toString(index))
                .arity(one.kind() == Declared.Kind.ARGUMENT ? "1" : "0..1")
                .type(String.class)
                .build();
    }

    /// Help formats every description: a percent sign has to be doubled there.
    private static String plain(String description) {
        return description.replace("%", "%%");
    }

    /// Reads a command line.
    Outcome read(String... arguments) {
        try {
            return outcome(new CommandLine(root).parseArgs(arguments));
        } catch (ParameterException e) {
            List<String> lines = new ArrayList<>(List.of("tandem: " + e.getMessage()));
            if (e instanceof UnmatchedArgumentException unmatched) {
                suggestion(unmatched).ifPresent(s -> lines.add("  did you mean '" + s + "'?"));
            }
            String asked = e.getCommandLine().getCommandSpec().qualifiedName();
            lines.add("  next:  " + asked + " --help");
            return new Outcome.Wrong(lines);
        }
    }

    private static Outcome outcome(ParseResult parsed) {
        if (!parsed.hasSubcommand()) {
            return new Outcome.Help(
                    usage(parsed), parsed.isUsageHelpRequested() ? ExitCode.OK : ExitCode.USAGE);
        }
        ParseResult verb = parsed.subcommand();
        return verb.isUsageHelpRequested()
                ? new Outcome.Help(usage(verb), ExitCode.OK)
                : new Outcome.Call(verb.commandSpec().name(), new ParsedGiven(verb));
    }

    private static String usage(ParseResult asked) {
        CommandLine line = asked.commandSpec().commandLine();
        return line.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing();
    }

    /// A word that other programs have for something that Tandem does; otherwise one that is
    /// spelled nearly like it.
    private static Optional<String> suggestion(UnmatchedArgumentException e) {
        String word = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().getFirst();
        boolean isVerb = e.getCommandLine().getParent() == null;
        return isVerb && OTHER_WORDS.containsKey(word)
                ? Optional.ofNullable(OTHER_WORDS.get(word))
                : e.getSuggestions().stream().findFirst();
    }

    /// The program, described for shells and manual pages.
    ProgramPage program(String version) {
        List<ProgramPage.Verb> described = new ArrayList<>();
        for (CommandLine line : root.subcommands().values()) {
            CommandSpec spec = line.getCommandSpec();
            if (!spec.usageMessage().hidden()) {
                described.add(described(spec));
            }
        }
        return new ProgramPage("tandem", version, SUMMARY, described, EXIT_CODES);
    }

    /// A verb's command line in words, for those who describe it elsewhere.
    private static ProgramPage.Verb described(CommandSpec spec) {
        List<ProgramPage.Choice> options =
                spec.options().stream()
                        .sorted(Comparator.comparing(OptionSpec::longestName))
                        .map(Specification::described)
                        .toList();
        List<ProgramPage.Argument> arguments =
                spec.positionalParameters().stream().map(Specification::described).toList();
        return new ProgramPage.Verb(
                spec.name(), text(spec.usageMessage().description()), options, arguments);
    }

    private static ProgramPage.Choice described(OptionSpec option) {
        List<String> names = new ArrayList<>(List.of(option.names()));
        if (option.negatable()) {
            names.add("--no-" + option.longestName().substring(2));
        }
        boolean hasValue = option.arity().max() > 0 && !option.negatable();
        return new ProgramPage.Choice(
                names, hasValue ? option.paramLabel() : "", text(option.description()));
    }

    private static ProgramPage.Argument described(PositionalParamSpec argument) {
        Arity arity =
                argument.arity().isVariable()
                        ? Arity.MANY
                        : argument.arity().min() == 0 ? Arity.OPTIONAL : Arity.ONE;
        return new ProgramPage.Argument(argument.paramLabel(), arity, text(argument.description()));
    }

    private static String text(String... description) {
        return String.join(" ", description).replace("%%", "%");
    }
}
