package dev.tandem.cli;

import dev.tandem.manual.Program;
import dev.tandem.model.Stop;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line: finds the verb, runs it, and turns failures into a message and an exit code.
///
/// The specification is built by hand, not from annotations: reading annotations takes longer than
/// everything else in a `status`.
public final class Cli {
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

    private final Console console;
    private final List<Verb<?>> verbs;

    public Cli(Console console, List<? extends Verb<?>> verbs) {
        this.console = console;
        this.verbs = List.copyOf(verbs);
    }

    /// Runs one command line.
    public ExitCode run(String... given) {
        String[] arguments = usual(given);
        Map<String, Call<?>> calls = new LinkedHashMap<>();
        CommandLine line = new CommandLine(specification(verbs, calls));
        try {
            return run(line.parseArgs(arguments), calls);
        } catch (ParameterException e) {
            console.remark("tandem: " + e.getMessage());
            if (e instanceof UnmatchedArgumentException unmatched) {
                suggestion(unmatched).ifPresent(s -> console.remark("  did you mean '" + s + "'?"));
            }
            console.remark(
                    "  next:  " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return ExitCode.USAGE;
        } catch (WrongSite e) {
            console.remark(e.bad().render().stripTrailing());
            console.remark(count(e.bad().problems().size()) + "; nothing was started or changed.");
            return ExitCode.SITE_FILE;
        } catch (Stop e) {
            stopped(e);
            return switch (e.kind()) {
                case SITE_FILE -> ExitCode.SITE_FILE;
                case REFUSED -> ExitCode.REFUSED;
                case ENVIRONMENT -> ExitCode.ENVIRONMENT;
                case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
            };
        } catch (RuntimeException | Error e) {
            Optional<Stop> refused = FileTrouble.of(e);
            if (refused.isPresent()) {
                stopped(refused.get());
                return ExitCode.ENVIRONMENT;
            }
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            console.remark("tandem: this is a bug in Tandem; please report it with the text below");
            console.remark(trace.toString().stripTrailing());
            return ExitCode.BUG;
        }
    }

    /// The spellings that every program is tried with: `tandem help VERB`, `tandem --version`.
    private static String[] usual(String... given) {
        List<String> words = new ArrayList<>(List.of(given));
        if (words.size() == 1 && List.of("--version", "-V").contains(words.getFirst())) {
            return new String[] {"version"};
        }
        if (!words.isEmpty() && words.getFirst().equals("help")) {
            words.removeFirst();
            words.add("--help");
        }
        return words.toArray(String[]::new);
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

    private ExitCode run(ParseResult parsed, Map<String, Call<?>> calls) {
        if (!parsed.hasSubcommand()) {
            usage(parsed);
            return parsed.isUsageHelpRequested() ? ExitCode.OK : ExitCode.USAGE;
        }
        ParseResult verb = parsed.subcommand();
        if (verb.isUsageHelpRequested()) {
            usage(verb);
            return ExitCode.OK;
        }
        return Objects.requireNonNull(calls.get(verb.commandSpec().name())).run(new Given(verb));
    }

    private void usage(ParseResult asked) {
        CommandLine line = asked.commandSpec().commandLine();
        console.answer(line.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing());
    }

    /// A verb, and how its command line is read.
    private record Call<A>(
            Verb<A> verb, Option<Optional<String>> file, Function<Given, A> reading) {
        /// Declares the options that it understands.
        static <A> Call<A> of(Verb<A> verb, CommandSpec spec) {
            Options options = new Options(spec);
            Option<Optional<String>> file =
                    options.text(
                            "FILE", "The site file (" + SiteFile.DEFAULT + ").", "-f", "--file");
            return new Call<>(verb, file, verb.options(options));
        }

        ExitCode run(Given given) {
            return verb.run(reading.apply(given), SiteFile.of(file.in(given)));
        }
    }

    /// The program with these verbs, described for shells and manual pages.
    static Program program(String version, List<Verb<?>> verbs) {
        List<Program.Verb> described = new ArrayList<>();
        for (CommandLine line : specification(verbs, new HashMap<>()).subcommands().values()) {
            CommandSpec spec = line.getCommandSpec();
            if (!spec.usageMessage().hidden()) {
                described.add(Options.described(spec));
            }
        }
        return new Program("tandem", version, SUMMARY, described, EXIT_CODES);
    }

    private static CommandSpec specification(List<Verb<?>> verbs, Map<String, Call<?>> calls) {
        CommandSpec root = CommandSpec.create().name("tandem");
        root.usageMessage()
                .description(SUMMARY)
                .synopsisSubcommandLabel("VERB")
                .footer("", EXIT_CODES);
        root.addOption(help());
        for (Verb<?> verb : verbs) {
            CommandSpec spec = CommandSpec.create().name(verb.name());
            spec.usageMessage(
                    new UsageMessageSpec().description(verb.summary()).hidden(verb.hidden()));
            spec.addOption(help());
            calls.put(verb.name(), Call.of(verb, spec));
            root.addSubcommand(verb.name(), spec);
        }
        return root;
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help.")
                .build();
    }

    private void stopped(Stop stop) {
        console.remark("tandem: " + stop.getMessage());
        console.remark(part("seen", stop.seen()));
        console.remark(part("state", stop.state()));
        console.remark(part("next", stop.next()));
    }

    private static String part(String name, String text) {
        String indent = "\n         ";
        return "  %-7s".formatted(name + ":") + text.lines().collect(Collectors.joining(indent));
    }

    private static String count(int problems) {
        return problems == 1 ? "1 problem" : problems + " problems";
    }
}
