package dev.tandem.importing;

import java.util.regex.Pattern;

/// Passwords that stand in configurations in the clear: what is shown of an import has none.
final class Secrets {
    private static final Pattern AUTH = Pattern.compile("(\\bstats\\s+auth\\s+[^:\\s]*:)\\S+");
    private static final Pattern PASSWORD =
            Pattern.compile("((?:^|\\s)(?:insecure-password|password|auth_pass)\\s+)\\S+");
    private static final Pattern HEADER =
            Pattern.compile("(?i)(\\bauthorization\\b\\W{0,3}(?:basic|bearer)?\\s*)\\S+");

    private Secrets() {}

    static String hidden(String line) {
        String text = AUTH.matcher(line).replaceAll("$1(hidden)");
        text = PASSWORD.matcher(text).replaceAll("$1(hidden)");
        return HEADER.matcher(text).replaceAll("$1(hidden)");
    }
}
