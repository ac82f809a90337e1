package dev.tandem.file;

import dev.tandem.file.yaml.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Prints keys into their reference document: the table of all keys, between two markers, and, at
/// the top of each key's section, what the table of keys says about it. The rest of a section is
/// written by hand and stays.
final class KeyReference {
    private static final Pattern TABLE =
            Pattern.compile(
                    "(?ds)(?<=<!-- All keys, printed. -->\\n).*(?=<!-- End of all keys. -->)");
    private static final int COLUMNS = 100;

    private KeyReference() {}

    /// The document, updated to what these keys say now. A key without a section gets one after
    /// that of the previous key.
    static String printed(String document, List<Key> keys) {
        String text = TABLE.matcher(document).replaceFirst(Matcher.quoteReplacement(table(keys)));
        String before = "";
        for (Key key : keys) {
            text = withSection(text, key, before);
            before = key.path();
        }
        return text;
    }

    private static String withSection(String document, Key key, String before) {
        Matcher there = section(key.path()).matcher(document);
        if (there.find()) {
            return document.substring(0, there.start())
                    + section(key)
                    + document.substring(there.end());
        }
        Matcher last = Pattern.compile(heading(before) + "(?s:.*?)(?=^##)").matcher(document);
        if (!last.find()) {
            throw new AssertionError("no section follows that of '" + before + "'");
        }
        return document.substring(0, last.end())
                + section(key)
                + "\n"
                + document.substring(last.end());
    }

    /// From its heading to its example.
    private static Pattern section(String path) {
        return Pattern.compile(heading(path) + "(?:(?!^#)(?s:.))*?^- Example: .*\\n");
    }

    private static String heading(String path) {
        return "(?dm)^### " + Pattern.quote("`" + path + "`") + "\\n";
    }

    private static String section(Key key) {
        List<String> lines = new ArrayList<>(List.of("### `" + key.path() + "`", ""));
        lines.addAll(wrapped(key.text(), ""));
        lines.add("");
        lines.addAll(wrapped("- Type: " + key.shape().words(), "  "));
        lines.addAll(wrapped("- Default: " + key.fallback().words(), "  "));
        if (!key.limits().text().isEmpty()) {
            lines.addAll(wrapped("- Limits: " + key.limits().text(), "  "));
        }
        lines.add("- Example: `" + key.example() + "`");
        return String.join("\n", lines) + "\n";
    }

    private static List<String> wrapped(String text, String indent) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line);
                line = indent + word;
            } else {
                line = line.isEmpty() ? word : line + " " + word;
            }
        }
        lines.add(line);
        return lines;
    }

    private static String table(List<Key> keys) {
        Stream<String> rows =
                keys.stream()
                        .map(key ->
                                "| [`%s`](#%s) | %s | %s | %s |%n"
                                        .formatted(
                                                key.path(),
                                                anchor(key.path()),
                                                key.shape().words(),
                                                key.fallback().words(),
                                                key.text()));
        return "| key | type | default | what it is |\n|---|---|---|---|\n"
                + String.join("", rows.toList());
    }

    /// The anchor of a heading, as the usual Markdown viewers generate it.
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_ -]", "").replace(' ', '-');
    }
}
