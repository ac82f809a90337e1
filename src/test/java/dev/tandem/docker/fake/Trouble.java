package dev.tandem.docker.fake;

import dev.tandem.docker.Output;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// What commands meet that a test wants to go wrong.
public final class Trouble {
    private final Pattern commands;
    private final Duration delay;
    private final Optional<Output> answer;
    private int skip;
    private int left;

    private Trouble(String commands, Duration delay, Optional<Output> answer) {
        this.commands = Pattern.compile(commands);
        this.delay = delay;
        this.answer = answer;
        this.left = Integer.MAX_VALUE;
    }

    /// Commands that fail with these words, and do nothing.
    ///
    /// @param commands a regular expression that is looked for in the command
    public static Trouble failing(String commands, String words) {
        return answering(commands, new Output(1, "", words + "\n"));
    }

    /// Commands that do nothing and answer this.
    public static Trouble answering(String commands, Output answer) {
        return new Trouble(commands, Duration.ZERO, Optional.of(answer));
    }

    /// Commands that take so long. One that takes longer than its limit is ended, and has done
    /// nothing.
    public static Trouble slow(String commands, Duration delay) {
        return new Trouble(commands, delay, Optional.empty());
    }

    /// Only so many times.
    public Trouble times(int times) {
        left = times;
        return this;
    }

    /// Not the first ones.
    public Trouble after(int first) {
        skip = first;
        return this;
    }

    Duration delay() {
        return delay;
    }

    Optional<Output> answer() {
        return answer;
    }

    boolean isOver() {
        return left <= 0;
    }

    /// Whether a command meets it; counts that it did.
    boolean meets(String command) {
        if (isOver() || !commands.matcher(command).find()) {
            return false;
        }
        if (skip > 0) {
            skip--;
            return false;
        }
        left--;
        return true;
    }
}
