package dev.tandem.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which words of an answer say how things are. They are found in the finished text: a whole cell
/// of a table, or the word that begins a line; so a node that is called `down` has no colour, and
/// no table is wider for it.
///
/// @param rules the first one that finds a word decides
record Colouring(List<Rule> rules) {
    /// Of `status`.
    static final Colouring STATUS =
            new Colouring(
                    cell(
                            Tone.ILL,
                            "FAULT|DOWN\\b.*?|down|init stopped|SILENT:|exited|dead|paused|absent"),
                    cell(
                            Tone.RISK,
                            "(MASTER|BACKUP) (yield|maintenance)|yield|maintenance|INIT|restarting"
                                    + "|(?i:unknown)|DRAIN\\b.*?|MAINT\\b.*?|NOLB|no address"
                                    + "|no check|not asked"),
                    cell(Tone.WELL, "MASTER|BACKUP|UP|serves|running|answers"),
                    cell(Tone.RISK, "UP \\d+(/\\d+|%)"),
                    beginning(Tone.ILL, "not well:"),
                    beginning(Tone.RISK, "drift:|warning:"),
                    beginning(Tone.WELL, "All is well:"));

    /// Of `plan`, and of what is shown before a question.
    static final Colouring PLAN =
            new Colouring(
                    beginning(Tone.ILL, "clients will notice:|tandem apply will refuse this:"),
                    beginning(Tone.RISK, "replace|remove|switchover"),
                    beginning(Tone.WELL, "Nothing to do:"));

    /// Of `doctor`.
    static final Colouring DOCTOR =
            new Colouring(
                    beginning(Tone.ILL, "ILL|\\d+ (is|are) ill"),
                    beginning(Tone.RISK, "RISK|UNKNOWN"),
                    beginning(Tone.WELL, "WELL|Nothing is ill"));

    Colouring {
        rules = List.copyOf(rules);
    }

    private Colouring(Rule... rules) {
        this(List.of(rules));
    }

    /// A part of a text.
    ///
    /// @param to where it ends, exclusive
    record Stretch(int from, int to, Tone tone) {}

    /// Words that have a tone where they stand alone.
    record Rule(Pattern pattern, Tone tone) {}

    /// A cell of a table, but for those of the first column, which are names.
    private static Rule cell(Tone tone, String words) {
        return new Rule(Pattern.compile("(?m)(?<=  )(?:" + words + ")(?=  |$)"), tone);
    }

    /// The beginning of a line.
    private static Rule beginning(Tone tone, String words) {
        return new Rule(Pattern.compile("(?m)^(?:" + words + ")(?= |$|[.,])"), tone);
    }

    /// The stretches of a text that have a colour, from its beginning to its end.
    List<Stretch> in(String text) {
        List<Stretch> found = new ArrayList<>();
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern().matcher(text);
            while (matcher.find()) {
                Stretch one = new Stretch(matcher.start(), matcher.end(), rule.tone());
                if (found.stream().noneMatch(o -> o.from() < one.to() && one.from() < o.to())) {
                    found.add(one);
                }
            }
        }
        found.sort(Comparator.comparingInt(Stretch::from));
        return found;
    }
}
