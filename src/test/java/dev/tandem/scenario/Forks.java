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
        return "check-" + TestSite.CHECK + "-" + Integer.toString(mine(0, 36 * 36 * 36), 36);
    }

    /// A number from `begin` to below `end`.
    static int mine(int begin, int end) {
        while (true) {
            int drawn = ThreadLocalRandom.current().nextInt(begin, end);
            if (drawn % MOST == NUMBER) {
                return drawn;
            }
        }
    }
}
