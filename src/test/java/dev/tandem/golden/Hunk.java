package dev.tandem.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A place of the first text whose lines are replaced.
///
/// @param start the first line that is removed, or before which lines are added
/// @param end the line after the last removed one
/// @param added the lines that come instead
/// @param above how many lines before it are shown
/// @param below how many lines after it are shown
record Hunk(int start, int end, List<String> added, int above, int below) {

    /// The first line that is shown.
    int top() {
        return start - above;
    }

    /// The line after the last one that is shown.
    int bottom() {
        return end + below;
    }

    /// The lines of the first text that are shown.
    List<String> shown(List<String> from) {
        return from.subList(top(), bottom());
    }

    /// This hunk wherever the text has these lines below this heading.
    List<Hunk> places(List<String> from, List<String> shown, String heading) {
        return IntStream.rangeClosed(0, from.size() - shown.size())
                .filter(top -> from.subList(top, top + shown.size()).equals(shown))
                .mapToObj(this::movedTo)
                .filter(hunk -> hunk.heading(from).equals(heading))
                .toList();
    }

    private Hunk movedTo(int top) {
        return new Hunk(top + above, top + above + end - start, added, above, below);
    }

    /// With one line more around it, of a text that has this many.
    Hunk wider(int size) {
        return (above <= below && top() > 0) || bottom() == size
                ? new Hunk(start, end, added, above + 1, below)
                : new Hunk(start, end, added, above, below + 1);
    }

    /// The lines that enclose it, from the outermost on. A comment encloses nothing, nor does a
    /// lone bracket.
    String heading(List<String> from) {
        List<String> enclosing = new ArrayList<>();
        int limit =
                Stream.concat(from.subList(start, end).stream(), added.stream())
                        .filter(line -> !line.isBlank())
                        .findFirst()
                        .map(Hunk::indent)
                        .orElse(0);
        for (int i = start - 1; i >= 0 && limit > 0; i--) {
            String line = from.get(i);
            if (!line.isBlank() && !line.strip().startsWith("#") && indent(line) < limit) {
                limit = indent(line);
                enclosing.addFirst(line.strip());
            }
        }
        enclosing.removeIf(line -> line.chars().noneMatch(Character::isLetterOrDigit));
        return String.join(" / ", enclosing);
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /// As it stands in a difference.
    String text(List<String> from) {
        StringBuilder text = new StringBuilder(("@ " + heading(from)).strip() + "\n");
        from.subList(top(), start).forEach(line -> text.append(shown(' ', line)));
        from.subList(start, end).forEach(line -> text.append(shown('-', line)));
        added.forEach(line -> text.append(shown('+', line)));
        from.subList(end, bottom()).forEach(line -> text.append(shown(' ', line)));
        return text.toString();
    }

    /// A blank line around it is a blank line: no line ends with a space that was not there.
    private static String shown(char sign, String line) {
        return sign == ' ' && line.isEmpty() ? "\n" : sign + line + "\n";
    }

    /// The hunks of a difference from this text, each at the only place that it can stand.
    static List<Hunk> parsed(String difference, List<String> from) {
        List<Hunk> hunks = new ArrayList<>();
        for (String part : difference.split("(?dm)^@", -1)) {
            if (!part.isEmpty()) {
                hunks.add(placed(part.lines().toList(), from));
            }
        }
        return hunks;
    }

    private static Hunk placed(List<String> lines, List<String> from) {
        List<String> body = lines.subList(1, lines.size());
        List<String> added = unsigned(body, line -> isSigned(line, "+"));
        List<String> shown = unsigned(body, line -> !isSigned(line, "+"));
        int removed = (int) body.stream().filter(line -> isSigned(line, "-")).count();
        int above = (int) body.stream().takeWhile(line -> !isSigned(line, "-+")).count();
        Hunk first = new Hunk(above, above + removed, added, above, shown.size() - above - removed);
        List<Hunk> places = first.places(from, shown, lines.getFirst().strip());
        if (places.size() != 1) {
            throw new IllegalArgumentException(
                    "%d places for%n%s".formatted(places.size(), String.join("\n", lines)));
        }
        return places.getFirst();
    }

    private static List<String> unsigned(List<String> lines, Predicate<String> which) {
        return lines.stream()
                .filter(which)
                .map(line -> line.isEmpty() ? line : line.substring(1))
                .toList();
    }

    private static boolean isSigned(String line, String signs) {
        return !line.isEmpty() && signs.indexOf(line.charAt(0)) >= 0;
    }
}
