package dev.tandem.importing;

import java.util.List;

/// One line of a configuration that is imported.
///
/// @param at where it stands
/// @param text the line as it is, without blanks around it
/// @param words its words, as HAProxy reads them; none when it is blank or a comment
record Line(SourcePlace at, String text, List<String> words) {
    Line {
        words = List.copyOf(words);
    }

    /// A word; empty where there is none.
    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /// The words from one on.
    List<String> from(int index) {
        return index < words.size() ? words.subList(index, words.size()) : List.of();
    }

    /// Whether it begins with these words.
    boolean begins(String... first) {
        return words.size() >= first.length
                && words.subList(0, first.length).equals(List.of(first));
    }

    /// Whether a variable of the environment stands in it, whose value this file does not say.
    boolean hasVariable() {
        return words.stream().anyMatch(ImportWords::hasVariable);
    }
}
