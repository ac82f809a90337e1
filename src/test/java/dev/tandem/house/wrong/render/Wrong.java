package dev.tandem.house.wrong.render;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;

/// Breaks rules of the house on purpose: a sample for the tests of those rules.
public final class Wrong {
    private Wrong() {}

    /// Does nothing wrong.
    public record Anything() {}

    /// Asks DNS.
    static final class Resolves {
        InetAddress resolve(String host) throws UnknownHostException {
            return InetAddress.getByName(host);
        }
    }

    /// Leaves it to chance.
    static final class Rolls {
        int roll(Random dice) {
            return dice.nextInt();
        }
    }

    /// Measures time.
    static final class Counts {
        long count() {
            return System.nanoTime();
        }
    }
}
