package dev.tandem.file.yaml;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Explains in plain words why the text is not YAML.
///
/// The library speaks of tokens, block ends and flow collections. It has few messages, so the
/// common ones are reworded here, with a hint; a rare one is passed on unchanged.
final class Syntax {
    private static final Pattern TAB_INDENT = Pattern.compile("^ *\t[ \t]*[^ \t#].*");

    private static final List<Wording> WORDINGS =
            List.of(
                    new Wording(
                            "mapping values are not allowed",
                            "a ':' is not expected here",
                            "look for a missing ':' above, or quote a value that has ': ' in it"),
                    new Wording(
                            "could not find expected ':'",
                            "a ':' is missing after the key that begins here",
                            "write 'key: value', with a space after the colon"),
                    new Wording(
                            "sequence entries are not allowed",
                            "a list item is not expected here",
                            "begin the list on a line of its own"),
                    new Wording(
                            "expected <block end>",
                            "this line does not fit in with the lines above",
                            "check the indentation: keys of one map begin in one column"),
                    new Wording(
                            "expected ',' or ']'",
                            "a ',' or ']' is missing in the list that begins here",
                            "separate items by ',' and close the list with ']'"),
                    new Wording(
                            "expected ',' or '}'",
                            "a ',' or '}' is missing in the map that begins here",
                            "separate entries by ',' and close the map with '}'"),
                    new Wording(
                            "found unexpected end of stream",
                            "the closing quote is missing for the text that begins here",
                            "close it on the same line"),
                    new Wording(
                            "found unexpected document separator",
                            "the closing quote is missing for the text that begins here",
                            "close it on the same line"),
                    new Wording(
                            "cannot start any token",
                            "a value cannot begin with this character",
                            "put the value in quotes"),
                    new Wording(
                            "unknown escape character",
                            "this is not a YAML escape sequence",
                            "use single quotes: a backslash has no special meaning in them"),
                    new Wording(
                            "expected '<document start>'",
                            "the document has ended, but more text follows",
                            "check the indentation; one file describes one site"),
                    new Wording(
                            "expected the node content",
                            "a value is missing here",
                            "write a value, or remove the key"));

    private Syntax() {}

    /// Reports what stopped the library.
    static void report(YamlEngineException failure, Source source, Problems problems) {
        Spot seen = place(failure, MarkedYamlEngineException::getProblemMark, source);
        Optional<Spot> tab = tabUpTo(seen.line(), source);
        if (tab.isPresent()) {
            problems.add(
                    tab.get(),
                    "a tab is used as indentation",
                    "indent with spaces: YAML allows no tabs");
            return;
        }
        Wording wording = wording(failure);
        Spot begun = place(failure, MarkedYamlEngineException::getContextMark, source);
        boolean isBegun = wording.message.endsWith("begins here");
        problems.add(isBegun ? begun : seen, wording.message, wording.hint);
    }

    private static Spot place(
            YamlEngineException failure,
            Function<MarkedYamlEngineException, Optional<Mark>> mark,
            Source source) {
        return failure instanceof MarkedYamlEngineException marked
                ? spot(mark.apply(marked), Optional.empty(), source)
                : Spot.START;
    }

    /// The place between two marks, or to the end of the line if it continues below. A mark past
    /// the last line is moved to the end of the text.
    static Spot spot(Optional<Mark> start, Optional<Mark> end, Source source) {
        if (start.isEmpty()) {
            return Spot.START;
        }
        int line = start.get().getLine();
        int from = start.get().getColumn();
        if (line >= source.lines().size()) {
            return new Spot(source.lines().size(), width(source.lines().getLast()) + 1, 1);
        }
        if (end.isEmpty()) {
            return new Spot(line + 1, from + 1, 1);
        }
        int to = end.get().getLine() == line ? end.get().getColumn() : width(source.line(line + 1));
        return new Spot(line + 1, from + 1, Math.max(0, to - from));
    }

    private static int width(String line) {
        return line.codePointCount(0, line.length());
    }

    private static Optional<Spot> tabUpTo(int line, Source source) {
        for (int number = 1; number <= line; number++) {
            String text = source.line(number);
            if (TAB_INDENT.matcher(text).matches()) {
                return Optional.of(new Spot(number, text.indexOf('\t') + 1, 1));
            }
        }
        return Optional.empty();
    }

    private static Wording wording(YamlEngineException failure) {
        String said =
                failure instanceof MarkedYamlEngineException marked
                        ? marked.getProblem()
                        : String.valueOf(failure.getMessage());
        return WORDINGS.stream()
                .filter(wording -> said.contains(wording.part))
                .findFirst()
                .orElse(
                        new Wording(
                                said,
                                "this is not YAML: " + said,
                                "put a value with special characters in single quotes"));
    }

    /// @param part what the library's message contains
    /// @param message what to say instead
    /// @param hint what to do about it
    private record Wording(String part, String message, String hint) {}
}
