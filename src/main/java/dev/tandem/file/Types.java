package dev.tandem.file;

import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Spot;
import dev.tandem.file.yaml.Visible;
import dev.tandem.file.yaml.YamlNode;
import dev.tandem.file.yaml.YamlNode.Entry;
import dev.tandem.file.yaml.YamlNode.Kind;
import dev.tandem.file.yaml.YamlNode.Mapping;
import dev.tandem.file.yaml.YamlNode.Refused;
import dev.tandem.file.yaml.YamlNode.Scalar;
import dev.tandem.file.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Checks that a node has the type that its key wants, and explains when it does not.
///
/// Nothing is converted: a number in quotes is text, and text that looks like a number must be put
/// in quotes. Two spellings of one value would be two things to document and search for.
final class Types {
    private static final Pattern DECIMAL = Pattern.compile("0|-?[1-9][0-9]{0,8}");

    private static final int LIKENESS = 4;

    private final Problems problems;

    Types(Problems problems) {
        this.problems = problems;
    }

    /// A map; a missing value counts as an empty map, so that all keys below it can be commented
    /// out.
    Optional<Mapping> mapping(String path, Key key, Entry entry) {
        return switch (entry.value()) {
            case Mapping mapping -> Optional.of(mapping);
            case Scalar(Spot spot, Kind kind, _) when kind == Kind.NOTHING ->
                    Optional.of(new Mapping(spot, List.of()));
            case Refused _ -> Optional.empty();
            case Scalar _, Sequence _ -> {
                wrong(
                        entry,
                        path + ": a map was expected",
                        "on the next line, indented: " + below(key, entry.value()));
                yield Optional.empty();
            }
        };
    }

    /// The key below that was probably meant: the one whose example begins like the value seen.
    private String below(Key key, YamlNode seen) {
        List<Key> keys = problems.kind().below(key.path());
        String text = seen instanceof Scalar scalar ? scalar.text() : "";
        String start = text.substring(0, Math.min(LIKENESS, text.length()));
        return keys.stream()
                .filter(child -> text.length() > LIKENESS && child.example().contains(start))
                .findFirst()
                .orElse(keys.getFirst())
                .example();
    }

    /// Text without line breaks and control characters.
    Optional<Scalar> text(String path, Key key, Entry entry, Rule<?> rule) {
        return switch (entry.value()) {
            case Refused _ -> Optional.empty();
            case Scalar scalar when scalar.kind() == Kind.TEXT -> clean(path, scalar);
            case Scalar scalar when scalar.kind() == Kind.NOTHING -> {
                noValue(path, key, entry);
                yield Optional.empty();
            }
            case Scalar scalar -> {
                boolean helps = rule.judge(scalar.text()) instanceof Fits;
                wrong(
                        entry,
                        path + ": text was expected",
                        helps
                                ? "put it in quotes: '" + scalar.text() + "'"
                                : "such as " + key.example());
                yield Optional.empty();
            }
            case Mapping _, Sequence _ -> {
                wrong(entry, path + ": text was expected", "such as " + key.example());
                yield Optional.empty();
            }
        };
    }

    /// The lines of a text, each with its place; a tab is a blank, and blank lines are left out.
    List<Found<String>> lines(String path, Key key, Entry entry) {
        switch (entry.value()) {
            case Refused _ -> {}
            case Scalar scalar when scalar.kind() == Kind.NOTHING -> noValue(path, key, entry);
            case Scalar scalar when scalar.kind() == Kind.TEXT -> {
                boolean isBlock = problems.isBlock(scalar.spot());
                if (!isBlock && scalar.text().contains("\n")) {
                    problems.add(
                            scalar.spot(),
                            path + ": these lines are no longer as they were written",
                            "write '" + key.name() + ": |', and the lines below it, indented");
                    return List.of();
                }
                return isBlock
                        ? ofBlock(path, scalar)
                        : clean(path, scalar).stream()
                                .map(text -> new Found<>(text.text(), text.spot()))
                                .toList();
            }
            case Scalar _, Mapping _, Sequence _ ->
                    wrong(entry, path + ": lines were expected", "such as " + key.example());
        }
        return List.of();
    }

    private List<Found<String>> ofBlock(String path, Scalar scalar) {
        List<Found<String>> found = new ArrayList<>();
        int number = scalar.spot().line();
        for (String line : scalar.text().lines().toList()) {
            number++;
            String text = line.replace('\t', ' ').strip();
            if (!text.isEmpty()) {
                clean(path, new Scalar(problems.ofLine(number), Kind.TEXT, text))
                        .ifPresent(good -> found.add(new Found<>(good.text(), good.spot())));
            }
        }
        return found;
    }

    /// The same as a text, where a number is taken as it is written.
    Optional<Scalar> word(String path, Key key, Entry entry) {
        switch (entry.value()) {
            case Refused _ -> {}
            case Scalar scalar when scalar.kind() == Kind.NUMBER -> {
                return Optional.of(scalar);
            }
            case Scalar scalar when scalar.kind() == Kind.TEXT -> {
                return clean(path, scalar);
            }
            case Scalar scalar when scalar.kind() == Kind.NOTHING -> noValue(path, key, entry);
            case Scalar _, Mapping _, Sequence _ ->
                    wrong(entry, path + ": text was expected", "such as " + key.example());
        }
        return Optional.empty();
    }

    private Optional<Scalar> clean(String path, Scalar scalar) {
        OptionalInt bad =
                scalar.text().codePoints().filter(point -> !Visible.isPlain(point)).findFirst();
        if (bad.isEmpty()) {
            return Optional.of(scalar);
        }
        boolean isBreak = bad.getAsInt() == '\n' || bad.getAsInt() == '\r';
        problems.add(
                scalar.spot(),
                path
                        + ": a value with "
                        + (isBreak
                                ? "a line break"
                                : "the character " + Visible.name(bad.getAsInt()))
                        + " is refused",
                isBreak
                        ? "write it on one line, without '|' or '>'"
                        : "remove the character; it is invisible");
        return Optional.empty();
    }

    /// A key whose name the user chose.
    Optional<Found<String>> name(String path, Scalar key) {
        return name(path, key, NameRules::name);
    }

    /// The same by another rule.
    Optional<Found<String>> name(String path, Scalar key, Rule<String> rule) {
        if (key.kind() != Kind.TEXT) {
            String word = key.kind() == Kind.NOTHING ? "nothing" : "a " + key.kind().word();
            problems.add(
                    key.spot(),
                    path + ": YAML reads the name " + Visible.quoted(key.text()) + " as " + word,
                    rule.judge(key.text()) instanceof Fits
                            ? "put it in quotes: '" + key.text() + "':"
                            : "choose another name, such as web-a");
            return Optional.empty();
        }
        return switch (rule.judge(key.text())) {
            case Fits<String>(String name) -> Optional.of(new Found<>(name, key.spot()));
            case Unfit<String>(String message, String hint) -> {
                problems.add(key.spot(), path + ": " + message, hint);
                yield Optional.empty();
            }
        };
    }

    /// A whole decimal number in the range of its key.
    Optional<Found<Integer>> number(String path, Key key, Entry entry) {
        switch (entry.value()) {
            case Refused _ -> {}
            case Scalar scalar when scalar.kind() == Kind.NUMBER -> {
                return inRange(path, scalar, key.least(), key.most());
            }
            case Scalar scalar when scalar.kind() == Kind.NOTHING -> noValue(path, key, entry);
            case Scalar scalar when DECIMAL.matcher(scalar.text()).matches() ->
                    wrong(
                            entry,
                            path + ": a number was expected",
                            "remove the quotes: " + scalar.text());
            case Scalar _, Mapping _, Sequence _ ->
                    wrong(entry, path + ": a number was expected", "such as " + key.example());
        }
        return Optional.empty();
    }

    private Optional<Found<Integer>> inRange(String path, Scalar scalar, int least, int most) {
        String range = "from " + least + " to " + most;
        if (!DECIMAL.matcher(scalar.text()).matches()) {
            problems.add(
                    scalar.spot(),
                    path + ": " + Visible.quoted(scalar.text()) + " is not a plain whole number",
                    "decimal digits only, " + range);
            return Optional.empty();
        }
        int number = Integer.parseInt(scalar.text());
        if (number < least || number > most) {
            problems.add(
                    scalar.spot(), path + ": " + number + " is out of range", "a number " + range);
            return Optional.empty();
        }
        return Optional.of(new Found<>(number, scalar.spot()));
    }

    /// `true` or `false`.
    Optional<Found<Boolean>> truth(String path, Key key, Entry entry) {
        switch (entry.value()) {
            case Refused _ -> {}
            case Scalar scalar when scalar.kind() == Kind.TRUTH -> {
                boolean isTrue = scalar.text().toLowerCase(Locale.ROOT).equals("true");
                return Optional.of(new Found<>(isTrue, scalar.spot()));
            }
            case Scalar scalar when scalar.kind() == Kind.NOTHING -> noValue(path, key, entry);
            case Scalar _, Mapping _, Sequence _ ->
                    wrong(entry, path + ": true or false was expected", "such as " + key.example());
        }
        return Optional.empty();
    }

    /// The items of a list, without empty ones.
    List<YamlNode> items(String path, Key key, Entry entry) {
        switch (entry.value()) {
            case Refused _ -> {}
            case Sequence sequence -> {
                return sequence.items().stream().filter(item -> isItem(path, item)).toList();
            }
            case Scalar scalar when scalar.kind() == Kind.NOTHING -> noValue(path, key, entry);
            case Scalar _, Mapping _ ->
                    wrong(entry, path + ": a list was expected", "such as " + key.example());
        }
        return List.of();
    }

    private boolean isItem(String path, YamlNode item) {
        boolean isEmpty = item instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
        if (isEmpty) {
            problems.add(item.spot(), path + ": an item is empty", "write its value, or remove it");
        }
        return !isEmpty;
    }

    private void wrong(Entry entry, String expected, String hint) {
        problems.add(entry.value().spot(), expected + ", seen " + entry.value().seen(), hint);
    }

    private void noValue(String path, Key key, Entry entry) {
        String otherwise =
                key.fixed()
                        .map(text -> "or remove the key: its default is " + text)
                        .orElse("such as " + key.example());
        problems.add(
                entry.key().spot(),
                path + " has no value",
                "write one after the colon, " + otherwise);
    }
}
