package dev.tandem.importing;

import dev.tandem.importing.Told.Verdict;
import java.util.ArrayList;
import java.util.List;

/// What somebody has to look at, as lines of text: lines that follow each other and have the same
/// reasons are one entry.
public final class Listing {
    private Listing() {}

    /// The lines.
    ///
    /// @param told all lines of the input
    public static List<String> of(List<Told> told) {
        List<String> text = new ArrayList<>();
        for (int first = 0; first < told.size(); first++) {
            if (told.get(first).verdict() != Verdict.LISTED) {
                continue;
            }
            int last = first;
            while (last + 1 < told.size() && isMore(told.get(first), told.get(last + 1))) {
                last++;
            }
            text.addAll(entry(told.get(first), told.get(last)));
            first = last;
        }
        return text;
    }

    private static boolean isMore(Told first, Told next) {
        return next.verdict() == Verdict.LISTED
                && next.at().file() == first.at().file()
                && next.reasons().equals(first.reasons());
    }

    private static List<String> entry(Told first, Told last) {
        List<String> text = new ArrayList<>();
        String to = last.equals(first) ? "" : "-" + last.at().line();
        String more = last.equals(first) ? "" : " ...";
        text.add(first.at() + to + ": " + Yaml.comment(first.text()) + more);
        first.reasons().forEach(why -> text.add("  " + Yaml.comment(why)));
        return text;
    }
}
