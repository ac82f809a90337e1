package dev.tandem.house.wrong.observe;

import dev.tandem.house.wrong.prepare.Wrong.Does;

/// Breaks rules of the house on purpose: a sample for the tests of those rules.
public final class Wrong {
    private Wrong() {}

    /// Uses what is above it, which uses this: a cycle.
    public record Looks(Class<Does> does) {}

    /// Prints past the console.
    static final class Prints {
        void print() {
            System.out.println("observed");
        }
    }

    /// Ends the program.
    static final class Leaves {
        void leave() {
            System.exit(1);
        }
    }
}
