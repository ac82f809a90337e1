package dev.tandem.house.wrong.cli;

import java.util.concurrent.TimeUnit;

/// Breaks rules of the house on purpose: a sample for the tests of those rules.
public final class Wrong {
    private Wrong() {}

    /// Prints, where one may.
    static final class MayPrint {
        void print() {
            System.out.println("the answer");
        }
    }

    /// Pauses in another way.
    static final class PausesBriefly {
        void pause() throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
