package dev.tandem.cli;

import dev.tandem.cli.Console.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// A console whose two streams are captured instead of shown.
final class Captured {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console;

    Captured(Style style) {
        console = new Console(stream(out), stream(err), style);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    Console console() {
        return console;
    }

    /// The text on stdout.
    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /// The text on stderr.
    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
