package dev.tandem.cli;

import dev.tandem.cli.Specification.Outcome;
import dev.tandem.manual.ProgramPage;
import dev.tandem.model.Stop;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The command line: finds the verb, runs it, and turns failures into a message and an exit code.
///
/// Most command lines are plain words, and only those that are not are picocli's.
public final class Cli {
    private final Console console;
    private final List<Verb<?>> verbs;
    private final Path typedIn;

    /// Of command lines that are typed in the directory of this process.
    public Cli(Console console, List<? extends Verb<?>> verbs) {
        this(console, verbs, Path.of(""));
    }

    /// @param typedIn the directory in which they are typed: the site file is looked for there
    public Cli(Console console, List<? extends Verb<?>> verbs, Path typedIn) {
        this.console = console;
        this.verbs = List.copyOf(verbs);
        this.typedIn = typedIn;
    }

    /// Runs one command line.
    public ExitCode run(String... given) {
        try {
            List<String> words = usual(given);
            Optional<Ready> plain = plain(words);
            return plain.isPresent() ? plain.get().run(typedIn) : spelled(words);
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
    private static List<String> usual(String... given) {
        List<String> words = new ArrayList<>(List.of(given));
        if (words.size() == 1 && List.of("--version", "-V").contains(words.getFirst())) {
            return List.of("version");
        }
        if (!words.isEmpty() && words.getFirst().equals("help")) {
            words.removeFirst();
            words.add("--help");
        }
        return words;
    }

    /// A verb, and what it was given.
    private record Ready(Call<?> call, Given given) {
        ExitCode run(Path typedIn) {
            return call.run(given, typedIn);
        }
    }

    /// The verb of a command line in plain words; empty for any other.
    private Optional<Ready> plain(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<String> others = words.subList(1, words.size());
        return verbs.stream()
                .filter(verb -> verb.name().equals(words.getFirst()))
                .findFirst()
                .map(Call::of)
                .flatMap(call ->
                        PlainWords.read(call.declared(), others)
                                .map(given -> new Ready(call, given)));
    }

    /// Any command line.
    private ExitCode spelled(List<String> words) {
        Map<String, Call<?>> calls = new LinkedHashMap<>();
        Specification all = specification(verbs, calls);
        return switch (all.read(words.toArray(String[]::new))) {
            case Outcome.Call(String verb, Given given) ->
                    Objects.requireNonNull(calls.get(verb)).run(given, typedIn);
            case Outcome.Help(String text, ExitCode code) -> {
                console.answer(text);
                yield code;
            }
            case Outcome.Wrong(List<String> lines) -> {
                lines.forEach(console::remark);
                yield ExitCode.USAGE;
            }
        };
    }

    /// A verb, and how its command line is read.
    private record Call<A>(
            Verb<A> verb,
            List<Declared> declared,
            Option<Optional<String>> file,
            Function<Given, A> reading) {
        static <A> Call<A> of(Verb<A> verb) {
            Options options = new Options();
            Option<Optional<String>> file =
                    options.text(
                            "FILE", "The site file (" + SiteFile.DEFAULT + ").", "-f", "--file");
            Function<Given, A> reading = verb.options(options);
            return new Call<>(verb, options.declared(), file, reading);
        }

        ExitCode run(Given given, Path typedIn) {
            return verb.run(reading.apply(given), SiteFile.of(file.in(given), typedIn));
        }
    }

    /// The program with these verbs, described for shells and manual pages.
    static ProgramPage program(String version, List<Verb<?>> verbs) {
        return specification(verbs, new HashMap<>()).program(version);
    }

    private static Specification specification(List<Verb<?>> verbs, Map<String, Call<?>> calls) {
        Specification all = new Specification();
        for (Verb<?> verb : verbs) {
            Call<?> call = Call.of(verb);
            calls.put(verb.name(), call);
            all.add(verb, call.declared());
        }
        return all;
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
