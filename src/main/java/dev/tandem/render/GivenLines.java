package dev.tandem.render;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lines of HAProxy's own that stand in the site file, in haproxy.cfg: behind Tandem's, between
/// two comments, by which a complaint of HAProxy's finds its way back to the site file.
public final class GivenLines {
    private static final Pattern BEGIN =
            Pattern.compile(" +# (haproxy\\.[a-z0-9.-]+) of tandem\\.yaml: .*");
    private static final Pattern END = Pattern.compile(" +# End of haproxy\\.[a-z0-9.-]+\\.");

    private GivenLines() {}

    static void add(ConfigText text, String section, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        text.add(
                "    # haproxy.%s of tandem.yaml: as it stands there; HAProxy alone judges it.\n",
                section);
        lines.forEach(line -> text.add("    %s\n", line));
        text.add("    # End of haproxy.%s.\n", section);
    }

    /// The key of the site file, and its line, that stand on a line of haproxy.cfg; empty if that
    /// is Tandem's.
    ///
    /// @param number counted from 1
    public static Optional<String> at(String configuration, int number) {
        String key = "";
        int at = 0;
        for (String line : configuration.lines().toList()) {
            at++;
            Matcher begin = BEGIN.matcher(line);
            if (begin.matches()) {
                key = begin.group(1);
            } else if (END.matcher(line).matches()) {
                key = "";
            } else if (at == number) {
                return key.isEmpty()
                        ? Optional.empty()
                        : Optional.of("%s in tandem.yaml: %s".formatted(key, line.strip()));
            }
        }
        return Optional.empty();
    }
}
