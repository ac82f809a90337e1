package dev.tandem.prepare;

import dev.tandem.render.Notes;
import dev.tandem.render.Rendering;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which change wrote what lies on a machine, in the note `.applied` there:
///
/// ```
/// change 13
/// by root@ctl, process 4711
/// in /srv/site/.tandem/shop
/// site SHA-256 of the site file
/// SHA-256  haproxy-a/haproxy.cfg          one line for each file
/// ```
///
/// @param change its number
/// @param by who made it
/// @param where the site's directory where it was made
public record AppliedNote(int change, String by, String where) {
    private static final Pattern TEXT =
            Pattern.compile("change (\\d{1,9})\\nby (.*)\\nin (.*)\\n(?s:.*)");

    /// A path leads nowhere else: who is root on a machine is not root here.
    private static final Pattern FILE =
            Pattern.compile("([0-9a-f]{64}) {2}((?!.*\\.\\.)[A-Za-z0-9].*)");

    /// Empty when nothing, or something else, was noted.
    static Optional<AppliedNote> parse(String text) {
        Matcher note = TEXT.matcher(text);
        return note.matches()
                ? Optional.of(
                        new AppliedNote(
                                Integer.parseInt(note.group(1)), note.group(2), note.group(3)))
                : Optional.empty();
    }

    /// The files that a note lists: SHA-256 by path on that machine.
    static SortedMap<String, String> files(String text) {
        TreeMap<String, String> files = new TreeMap<>();
        text.lines()
                .map(FILE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> files.put(line.group(2), line.group(1)));
        return files;
    }

    /// @param siteFile the text of the site file
    /// @param files SHA-256 by path on that machine
    String text(String siteFile, SortedMap<String, String> files) {
        StringBuilder text = new StringBuilder();
        text.append("change ").append(change).append("\nby ").append(by);
        text.append("\nin ").append(where);
        text.append("\nsite ").append(Rendering.sha256(siteFile)).append('\n');
        for (Map.Entry<String, String> file : files.entrySet()) {
            text.append(file.getValue()).append("  ").append(file.getKey()).append('\n');
        }
        return text.toString();
    }

    /// The name of the note.
    static String name() {
        return Notes.APPLIED;
    }
}
