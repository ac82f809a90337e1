package dev.tandem.importing;

import dev.tandem.importing.Told.Verdict;
import java.util.List;

/// The result of an import.
///
/// @param yaml the site file. It is valid.
/// @param lines every line of the input that says something, with what has become of it, in order
public record Imported(String yaml, List<Told> lines) {
    public Imported {
        lines = List.copyOf(lines);
    }

    /// How many lines count as that.
    public long count(Verdict verdict) {
        return lines.stream().filter(line -> line.verdict() == verdict).count();
    }

    /// Those that somebody has to look at.
    public List<Told> listed() {
        return lines.stream().filter(line -> line.verdict() == Verdict.LISTED).toList();
    }
}
