package dev.tandem.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The command that the page runs, and what it has said: one at a time, as a terminal does it.
final class Session implements TypedCommands.Terminal {
    /// How long a question waits. Until it is answered, the site is locked for everybody.
    private final Duration patience;

    private String typed = "";
    private final List<String> lines = new ArrayList<>();
    private Optional<String> question = Optional.empty();
    private Optional<Boolean> answer = Optional.empty();
    private OptionalInt exit = OptionalInt.empty();
    private int number;

    Session(Duration patience) {
        this.patience = patience;
    }

    /// How it is.
    ///
    /// @param number of the command, from 1; 0 before the first one
    /// @param typed the command line
    /// @param lines what it said
    /// @param question what it waits for
    /// @param exit its exit code; empty while it runs
    record State(
            int number,
            String typed,
            List<String> lines,
            Optional<String> question,
            OptionalInt exit) {
        State {
            lines = List.copyOf(lines);
        }

        boolean runs() {
            return number > 0 && exit.isEmpty();
        }
    }

    synchronized State state() {
        return new State(number, typed, lines, question, exit);
    }

    /// Begins a command; false while another one runs.
    synchronized boolean begin(Wish wish) {
        if (state().runs()) {
            return false;
        }
        number++;
        typed = wish.typed();
        lines.clear();
        question = Optional.empty();
        exit = OptionalInt.empty();
        return true;
    }

    synchronized void ended(int code) {
        question = Optional.empty();
        exit = OptionalInt.of(code);
    }

    /// Answers the question; false when nothing was asked.
    ///
    /// @param word `yes`; anything else is a no
    synchronized boolean answers(String word) {
        if (question.isEmpty()) {
            return false;
        }
        answer = Optional.of(word.equals("yes"));
        notifyAll();
        return true;
    }

    @Override
    public synchronized void said(String line) {
        lines.add(line);
    }

    @Override
    public synchronized boolean agrees(String asked) {
        question = Optional.of(asked);
        answer = Optional.empty();
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toMillis();
                    answer.isEmpty() && left > 0;
                    left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean yes = answer.orElse(false);
        lines.add(asked + (yes ? " yes" : answer.isPresent() ? " no" : " no answer"));
        question = Optional.empty();
        return yes;
    }
}
