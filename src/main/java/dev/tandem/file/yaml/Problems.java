package dev.tandem.file.yaml;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong, so that reading can go on and find the rest.
public final class Problems {
    private static final int MOST_SHOWN = 100;

    private final Source source;
    private final FileKind kind;
    private final List<Problem> found = new ArrayList<>();

    Problems(Source source, FileKind kind) {
        this.source = source;
        this.kind = kind;
    }

    /// Adds one problem.
    ///
    /// @param message what is wrong, as part of a sentence
    /// @param hint the one thing to do about it
    public void add(Spot spot, String message, String hint) {
        found.add(source.problem(spot, message, hint));
    }

    /// Whether the value at this place is a block whose lines stand as they are (`|`).
    public boolean isBlock(Spot value) {
        return source.line(value.line())
                        .codePoints()
                        .skip(value.column() - 1L)
                        .findFirst()
                        .orElse(' ')
                == '|';
    }

    /// The place of what stands on a line.
    public Spot ofLine(int number) {
        String line = source.line(number);
        String text = line.strip();
        int before = line.length() - line.stripLeading().length();
        return new Spot(number, before + 1, text.codePointCount(0, text.length()));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// What kind of file is read.
    public FileKind kind() {
        return kind;
    }

    /// The name of the file that is read.
    public String file() {
        return source.file();
    }

    /// All problems, in the order of the file. A file with more than a hundred is not a faulty file
    /// of this kind but something different: the rest is only counted.
    List<Problem> sorted() {
        List<Problem> all = found.stream().sorted(Problem.BY_POSITION).toList();
        if (all.size() <= MOST_SHOWN) {
            return all;
        }
        Problem next = all.get(MOST_SHOWN);
        Spot spot = new Spot(next.line(), next.column(), next.length());
        List<Problem> shown = new ArrayList<>(all.subList(0, MOST_SHOWN));
        shown.add(
                source.problem(
                        spot,
                        (all.size() - MOST_SHOWN) + " more problems from here on",
                        "fix the ones above first"));
        return shown;
    }
}
