package dev.tandem.importing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rules that take the beginning off a path, in the spellings that people use.
final class Strips {
    private static final Pattern SET =
            Pattern.compile("%\\[path,regsub\\(\\^?(?<begin>/[A-Za-z0-9._/-]+?)/?\\??,/?\\)]");
    private static final Pattern REPLACE =
            Pattern.compile(
                    "\\^?\\(?(?<begin>/[A-Za-z0-9._/-]*[A-Za-z0-9._-])\\)?(?:\\(/\\)\\?|/\\?|/|\\(/\\|\\$\\)|)\\(\\.\\*\\)\\$?");

    private Strips() {}

    /// What a rule takes off the beginning; empty when it does something else.
    static Optional<String> of(Line rule) {
        if (Conditions.begin(rule) >= 0 || !rule.begins("http-request")) {
            return Optional.empty();
        }
        Matcher set = SET.matcher(rule.word(2));
        if (rule.word(1).equals("set-path") && set.matches()) {
            return Optional.of(set.group("begin"));
        }
        Matcher replace = REPLACE.matcher(rule.word(2));
        boolean whole = rule.word(3).matches("/?\\\\[123]");
        return rule.word(1).matches("replace-(path|uri)") && replace.matches() && whole
                ? Optional.of(replace.group("begin"))
                : Optional.empty();
    }
}
