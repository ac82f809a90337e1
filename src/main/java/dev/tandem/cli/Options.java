package dev.tandem.cli;

import dev.tandem.cli.Declared.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The command line that one verb understands. Each option is declared once, with all of its names,
/// and the declaration returns access to its value: so no name is written twice, and no undeclared
/// value can be read.
public final class Options {
    private final List<Declared> declared = new ArrayList<>();
    private int arguments;

    Options() {}

    /// What has been declared, in that order.
    List<Declared> declared() {
        return List.copyOf(declared);
    }

    /// An option without a value.
    public Option<Boolean> flag(String description, String... names) {
        declared.add(new Declared(Kind.FLAG, List.of(names), "", description));
        return given -> given.has(names[0]);
    }

    /// An option that is on unless the user says `--no-`.
    ///
    /// @param name without the `no-`
    public Option<Boolean> unlessNo(String name, String description) {
        declared.add(new Declared(Kind.UNLESS_NO, List.of(name), "", description));
        return given -> given.isOn(name);
    }

    /// An option with a text.
    public Option<Optional<String>> text(String label, String description, String... names) {
        declared.add(new Declared(Kind.TEXT, List.of(names), label, description));
        return given -> given.text(names[0]);
    }

    /// An option with a text that may be repeated.
    public Option<List<String>> texts(String name, String label, String description) {
        declared.add(new Declared(Kind.TEXTS, List.of(name), label, description));
        return given -> given.texts(name);
    }

    /// An option with a whole number.
    public Option<OptionalInt> number(String label, String description, String... names) {
        declared.add(new Declared(Kind.NUMBER, List.of(names), label, description));
        return given -> given.number(names[0]);
    }

    /// The next argument. Help shows it as required, but a command line without it is not rejected
    /// here: the verb decides what that means.
    public Option<Optional<String>> argument(String label, String description) {
        int index = next(Kind.ARGUMENT, label, description);
        return given -> given.argument(index);
    }

    /// The next argument, which may be left out.
    public Option<Optional<String>> optionalArgument(String label, String description) {
        int index = next(Kind.OPTIONAL_ARGUMENT, label, description);
        return given -> given.argument(index);
    }

    private int next(Kind kind, String label, String description) {
        declared.add(new Declared(kind, List.of(), label, description));
        return arguments++;
    }

    /// All arguments, any number of them.
    public Option<List<String>> arguments(String label, String description) {
        declared.add(new Declared(Kind.ARGUMENTS, List.of(), label, description));
        return Given::arguments;
    }
}
