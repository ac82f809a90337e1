package dev.tandem.change.state;

import dev.tandem.model.Stop;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Notes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The format in which a site's directory is written, and the version of Tandem that wrote it, in
/// the note `.format`:
///
/// ```
/// format 1
/// tandem 0.2.0
/// ```
///
/// An older version may not understand what a newer one has written, and would lose it with the
/// next change. So every call reads this note first, and refuses an unknown format. A directory
/// without the note was written by 0.1.0, which wrote none; its format is 1.
///
/// Containers never read it.
public final class StateFormat {
    /// The newest format that this version reads, and the one that it writes. It is raised only
    /// when an older version would misread what is written now, not for every new version.
    static final int KNOWN = 1;

    private static final Pattern TEXT =
            Pattern.compile("format (\\d{1,9})\\ntandem (\\S+)\\n(?s:.*)");

    private StateFormat() {}

    /// Refuses a directory in a format that this version does not know. Changes nothing.
    ///
    /// @throws Stop when a newer version wrote it, or when the note is not understood
    public static void refuseNewer(SiteDirectory directory) {
        String text = directory.read(Notes.FORMAT);
        if (text.isEmpty()) {
            return;
        }
        Matcher note = TEXT.matcher(text);
        if (!note.matches()) {
            throw unreadable(directory, text);
        }
        if (Integer.parseInt(note.group(1)) > KNOWN) {
            throw newer(directory, note.group(1), note.group(2));
        }
    }

    /// Notes that this version has written here.
    public static void mark(SiteDirectory directory) {
        String text = "format " + KNOWN + "\ntandem " + version() + "\n";
        if (!directory.read(Notes.FORMAT).equals(text)) {
            directory.note(Notes.FORMAT, text);
        }
    }

    /// Copies the note, if there is one.
    static void copy(SiteDirectory from, SiteDirectory to) {
        String text = from.read(Notes.FORMAT);
        if (!text.isEmpty()) {
            to.note(Notes.FORMAT, text);
        }
    }

    /// The version of this Tandem.
    public static String version() {
        return Optional.ofNullable(StateFormat.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    private static Stop newer(SiteDirectory directory, String format, String version) {
        return new Stop(
                Stop.Kind.REFUSED,
                "a newer Tandem wrote the state of this site",
                directory.root().resolve(Notes.FORMAT)
                        + ": format %s, by tandem %s; this is tandem %s, which knows format %d"
                                .formatted(format, version, version(), KNOWN),
                "nothing was changed",
                "use tandem " + version + " or newer");
    }

    private static Stop unreadable(SiteDirectory directory, String text) {
        return new Stop(
                Stop.Kind.REFUSED,
                "cannot tell which Tandem wrote the state of this site",
                directory.root().resolve(Notes.FORMAT)
                        + " begins with '"
                        + text.lines().findFirst().orElse("")
                        + "'",
                "nothing was changed",
                "restore that file; its two lines: format " + KNOWN + ", tandem " + version());
    }
}
