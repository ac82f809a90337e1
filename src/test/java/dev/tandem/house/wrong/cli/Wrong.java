package dev.tandem.house.wrong.cli;

import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ParseResult;

/// Breaks rules of the house on purpose: a sample for the tests of those rules.
public final class Wrong {
    private Wrong() {}

    /// Prints, where one may.
    static final class MayPrint {
        void print() {
            System.out.println("the answer");
        }
    }

    /// Reads its own command line.
    static final class Parses {
        boolean isLoud(ParseResult parsed) {
            return parsed.hasMatchedOption("--loud");
        }
    }

    /// Pauses in another way.
    static final class PausesBriefly {
        void pause() throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
