package dev.tandem.importing;

import java.util.ArrayList;
import java.util.List;

/// Splits a line of haproxy.cfg into words, as HAProxy does: blanks separate, a backslash takes the
/// meaning from the next character, quotes keep blanks, `#` outside of them begins a comment
/// (configuration manual, 2.2 and 2.3).
final class ImportWords {
    /// Stands for the `$` of a variable: only in double quotes is it one.
    static final char VARIABLE = '\uE000';

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private int at;

    private ImportWords(String text) {
        this.text = text;
    }

    static List<String> of(String line) {
        ImportWords words = new ImportWords(line);
        words.split();
        return words.words;
    }

    /// A line without the comment at its end.
    static String uncommented(String line) {
        ImportWords words = new ImportWords(line);
        words.split();
        return line.substring(0, Math.min(words.at, line.length())).strip();
    }

    static boolean hasVariable(String word) {
        return word.indexOf(VARIABLE) >= 0;
    }

    private void split() {
        while (at < text.length() && text.charAt(at) != '#') {
            char c = text.charAt(at);
            switch (c) {
                case ' ', '\t', '\r' -> end();
                case '\\' -> escape();
                case '\'' -> single();
                case '"' -> twice();
                default -> add(c);
            }
            at++;
        }
        end();
    }

    private void add(char c) {
        begun = true;
        word.append(c);
    }

    private void end() {
        if (begun) {
            words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
    }

    private void escape() {
        at++;
        if (at < text.length()) {
            char c = text.charAt(at);
            add(
                    switch (c) {
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case 't' -> '\t';
                        default -> c;
                    });
        }
    }

    private void single() {
        begun = true;
        for (at++; at < text.length() && text.charAt(at) != '\''; at++) {
            add(text.charAt(at));
        }
    }

    private void twice() {
        begun = true;
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                escape();
            } else {
                add(c == '$' ? VARIABLE : c);
            }
        }
    }
}
