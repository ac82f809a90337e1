package dev.tandem.cli;

import dev.tandem.text.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Tandem's output: answers to stdout, everything else to stderr.
///
/// On a terminal the current activity is one line that changes in place; elsewhere every activity
/// is a line of its own, so that a log reads well. Nothing is shown by colour alone; NO_COLOR (see
/// no-color.org) or a dumb terminal switches colours off, and the moving line with them.
public final class Console implements Progress {
    private static final int WIDTH = 80;

    private final PrintStream out;
    private final PrintStream err;
    private final Style style;
    private final Predicate<String> answers;
    private final boolean answered;
    private String activity = "";
    private boolean lineOpen;

    /// How output is shown.
    public enum Style {
        /// A terminal with a movable cursor, and with 256 colours.
        COLOURED,
        /// A terminal with a movable cursor.
        LIVE,
        /// A log, a pipe, or a terminal that cannot.
        LINES;

        /// That of this process. A line moves only where somebody watches it: a terminal on all
        /// streams. Java asks only about stdin and stdout, and progress goes to stderr.
        @SuppressWarnings("SystemConsoleNull") // NullAway goes by the documented contract
        public static Style here() {
            java.io.Console terminal = System.console();
            boolean watched = terminal != null && terminal.isTerminal() && errIsTerminal();
            return watched ? on(System.getenv()) : LINES;
        }

        /// That of a terminal, by what the environment says of it.
        static Style on(Map<String, String> environment) {
            String term = environment.getOrDefault("TERM", "dumb");
            if (!environment.getOrDefault("NO_COLOR", "").isEmpty() || term.equals("dumb")) {
                return LINES;
            }
            boolean coloured =
                    term.matches(".*(256color|-direct).*")
                            || !environment.getOrDefault("COLORTERM", "").isEmpty();
            return coloured ? COLOURED : LIVE;
        }

        /// By the name of the file that it is: `/dev/pts/3`, `/dev/tty1`, `/dev/console`.
        private static boolean errIsTerminal() {
            try {
                String file = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
                return file.matches("/dev/(pts/\\d+|tty.*|console)");
            } catch (IOException e) {
                return false;
            }
        }
    }

    public Console(PrintStream out, PrintStream err, Style style) {
        this.out = out;
        this.err = err;
        this.style = style;
        this.answered = style != Style.LINES;
        this.answers = answered ? Console::typed : _ -> false;
    }

    /// A console that is no terminal, and whose questions somebody answers all the same.
    ///
    /// @param answers whether the answer to a question is yes
    Console(PrintStream all, Predicate<String> answers) {
        this.out = all;
        this.err = all;
        this.style = Style.LINES;
        this.answered = true;
        this.answers = answers;
    }

    /// The answer, or a part of it.
    public synchronized void answer(String text) {
        clear();
        out.println(harmless(text));
        out.flush();
    }

    /// The same with colours, where the terminal has them.
    synchronized void answer(String text, Colouring colouring) {
        clear();
        out.println(coloured(harmless(text), colouring));
        out.flush();
    }

    /// Anything besides the answer.
    public synchronized void remark(String text) {
        clear();
        err.println(harmless(text));
        err.flush();
    }

    /// The same with colours, where the terminal has them.
    synchronized void remark(String text, Colouring colouring) {
        clear();
        err.println(coloured(harmless(text), colouring));
        err.flush();
    }

    private String coloured(String plain, Colouring colouring) {
        if (style != Style.COLOURED) {
            return plain;
        }
        StringBuilder text = new StringBuilder(plain);
        for (Colouring.Stretch one : colouring.in(plain).reversed()) {
            String word = plain.substring(one.from(), one.to());
            String shown = "\033[38;5;%dm%s\033[39m".formatted(one.tone().colour(), word);
            text.replace(one.from(), one.to(), shown);
        }
        return text.toString();
    }

    /// Asks a question; where nobody can be asked the answer is no.
    public boolean asks(String question) {
        synchronized (this) {
            clear();
        }
        return answers.test(harmless(question));
    }

    /// Whether somebody answers such a question.
    boolean isAnswered() {
        return answered;
    }

    /// Asks it on the terminal; without a terminal the answer is no.
    @SuppressWarnings("SystemConsoleNull") // NullAway goes by the documented contract
    private static boolean typed(String question) {
        java.io.Console terminal = System.console();
        String answer = terminal == null ? null : terminal.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /// Whether there is a terminal at which questions can be answered.
    @SuppressWarnings("SystemConsoleNull") // NullAway goes by the documented contract
    boolean canAsk() {
        java.io.Console terminal = System.console();
        return terminal != null && terminal.isTerminal();
    }

    /// Asks for a line on the terminal; empty at the end of what is typed, or without a terminal.
    @SuppressWarnings("SystemConsoleNull") // NullAway goes by the documented contract
    synchronized Optional<String> ask(String question) {
        clear();
        java.io.Console terminal = System.console();
        return terminal == null || !terminal.isTerminal()
                ? Optional.empty()
                : Optional.ofNullable(terminal.readLine("%s ", harmless(question)));
    }

    @Override
    public synchronized void begin(String what) {
        activity = what;
        if (style == Style.LINES) {
            err.println(harmless(what));
        } else {
            show(what);
        }
    }

    @Override
    public synchronized void detail(String detail) {
        if (style != Style.LINES) {
            show(activity + ": " + detail.strip());
        }
    }

    @Override
    public synchronized void done(String outcome) {
        if (style == Style.LINES && outcome.equals(activity)) {
            return; // already shown
        }
        remark((style == Style.LINES ? "" : "✓ ") + outcome);
    }

    /// Clears the screen before the next answer, for `--watch`.
    public synchronized void refresh() {
        if (style != Style.LINES) {
            out.print("\033[H\033[2J");
        }
    }

    private void show(String text) {
        String plain = harmless(text).replace('\n', ' ').replace('\t', ' ');
        err.print("\r\033[K" + plain.substring(0, Math.min(plain.length(), WIDTH - 2)));
        err.flush();
        lineOpen = true;
    }

    private void clear() {
        if (lineOpen) {
            err.print("\r\033[K");
            err.flush();
            lineOpen = false;
        }
    }

    /// Much of what is shown comes from elsewhere: logs, configuration, other programs. None of it
    /// may control the terminal.
    private static String harmless(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
