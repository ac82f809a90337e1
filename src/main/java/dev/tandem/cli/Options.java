package dev.tandem.cli;

import dev.tandem.manual.Program;
import dev.tandem.manual.Program.Arity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The command line that one verb understands. Each option is declared once, with all of its names,
/// and the declaration returns access to its value: so no name is written twice, and no undeclared
/// value can be read.
public final class Options {
    private final CommandSpec spec;
    private int arguments;

    Options(CommandSpec spec) {
        this.spec = spec;
    }

    /// An option without a value.
    public Option<Boolean> flag(String description, String... names) {
        spec.addOption(named(names).description(plain(description)).build());
        return given -> given.has(names[0]);
    }

    /// An option that is on unless the user says `--no-`.
    ///
    /// @param name without the `no-`
    public Option<Boolean> unlessNo(String name, String description) {
        spec.addOption(
                OptionSpec.builder(name)
                        .negatable(true)
                        .defaultValue("true")
                        .fallbackValue("true")
                        .type(boolean.class)
                        .description(plain(description))
                        .build());
        return given -> given.isOn(name);
    }

    /// An option with a text.
    public Option<Optional<String>> text(String label, String description, String... names) {
        spec.addOption(
                named(names)
                        .paramLabel(label)
                        .type(String.class)
                        .description(plain(description))
                        .build());
        return given -> given.text(names[0]);
    }

    /// An option with a text that may be repeated.
    public Option<List<String>> texts(String name, String label, String description) {
        spec.addOption(
                OptionSpec.builder(name)
                        .paramLabel(label)
                        .arity("1")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description(plain(description))
                        .build());
        return given -> given.texts(name);
    }

    /// An option with a whole number.
    public Option<OptionalInt> number(String label, String description, String... names) {
        spec.addOption(
                named(names)
                        .paramLabel(label)
                        .type(int.class)
                        .description(plain(description))
                        .build());
        return given -> given.number(names[0]);
    }

    /// The next argument. Help shows it as required, but a command line without it is not rejected
    /// here: the verb decides what that means.
    public Option<Optional<String>> argument(String label, String description) {
        int index = next("1", label, description);
        return given -> given.argument(index);
    }

    /// The next argument, which may be left out.
    public Option<Optional<String>> optionalArgument(String label, String description) {
        int index = next("0..1", label, description);
        return given -> given.argument(index);
    }

    private int next(String arity, String label, String description) {
        int index = arguments++;
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index(Integer.toString(index))
                        .arity(arity)
                        .paramLabel(label)
                        .type(String.class)
                        .description(plain(description))
                        .build());
        return index;
    }

    /// All arguments, any number of them.
    public Option<List<String>> arguments(String label, String description) {
        spec.addPositional(
                PositionalParamSpec.builder()
                        .arity("0..*")
                        .paramLabel(label)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description(plain(description))
                        .build());
        return Given::arguments;
    }

    /// Help formats every description: a percent sign has to be doubled there.
    private static String plain(String description) {
        return description.replace("%", "%%");
    }

    private static OptionSpec.Builder named(String... names) {
        return OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length));
    }

    /// A verb's command line in words, for those who describe it elsewhere.
    static Program.Verb described(CommandSpec spec) {
        List<Program.Choice> options =
                spec.options().stream()
                        .sorted(Comparator.comparing(OptionSpec::longestName))
                        .map(Options::described)
                        .toList();
        List<Program.Argument> arguments =
                spec.positionalParameters().stream().map(Options::described).toList();
        return new Program.Verb(
                spec.name(), text(spec.usageMessage().description()), options, arguments);
    }

    private static Program.Choice described(OptionSpec option) {
        List<String> names = new ArrayList<>(List.of(option.names()));
        if (option.negatable()) {
            names.add("--no-" + option.longestName().substring(2));
        }
        boolean hasValue = option.arity().max() > 0 && !option.negatable();
        return new Program.Choice(
                names, hasValue ? option.paramLabel() : "", text(option.description()));
    }

    private static Program.Argument described(PositionalParamSpec argument) {
        Arity arity =
                argument.arity().isVariable()
                        ? Arity.MANY
                        : argument.arity().min() == 0 ? Arity.OPTIONAL : Arity.ONE;
        return new Program.Argument(argument.paramLabel(), arity, text(argument.description()));
    }

    private static String text(String... description) {
        return String.join(" ", description).replace("%%", "%");
    }
}
