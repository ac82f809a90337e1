package dev.tandem.scenario;

import java.util.concurrent.ThreadLocalRandom;

/// Keeps apart what two test classes make that run at the same time, each in a Java machine of its
/// own: names and numbers are drawn at random, and never the same by two of them.
final class Forks {
    private static final int MOST = 4;

    /// That of this machine, as Surefire counts them from 1.
    private static final int NUMBER = Integer.getInteger("tandem.fork", 1) % MOST;

    private Forks() {}

    /// A name for a site.
    static String name() {
        return "check-" + TestSite.CHECK + "-" + Integer.toString(mine(36 * 36 * 36), 36);
    }

    /// A number below the bound, which must be a multiple of 4.
    static int mine(int bound) {
        return ThreadLocalRandom.current().nextInt(bound / MOST) * MOST + NUMBER;
    }
}
