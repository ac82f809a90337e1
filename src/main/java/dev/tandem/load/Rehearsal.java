package dev.tandem.load;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Sends the requests of a plan to a server inside this program before the first run, so that Java
/// has loaded and compiled what a run needs. Without it the first TLS handshake stalls its thread
/// for about half a second, and the run would measure that. It continues, second by second, until
/// the generator has kept its schedule for one second, or clearly cannot on this machine. Nothing
/// reaches the target.
final class Rehearsal {
    private static final Set<RequestClass> REHEARSED = ConcurrentHashMap.newKeySet();
    private static final Duration LENGTH = Duration.ofSeconds(1);
    private static final int MOST = 8;
    private static final Duration LATE = Duration.ofMillis(20);

    /// Requests per second: fewer would warm nothing up.
    private static final int LEAST_RATE = 300;

    /// Above this rate one punctual second is not enough: Java's compilers keep working for
    /// several, and at such a rate they get in the way.
    private static final int LEAST_SECONDS = 5;

    private static final Duration DRAWN_OUT = Duration.ofMillis(50);

    private Rehearsal() {}

    /// Rehearses the classes of a plan, each once in the life of the program. If that fails, the
    /// run begins unrehearsed, and its lateness shows.
    static void before(LoadPlan plan) throws InterruptedException {
        List<ClassPlan> fresh =
                plan.classes().stream()
                        .filter(one -> REHEARSED.add(one.kind()))
                        .map(Rehearsal::quick)
                        .toList();
        if (fresh.isEmpty()) {
            return;
        }
        try (RehearsalServer server = new RehearsalServer()) {
            Target target =
                    Target.of(
                                    InetAddress.getLoopbackAddress(),
                                    server.httpPort(),
                                    server.httpsPort())
                            .trusting(List.of(server.certificate()));
            int rate = Math.max(plan.rate(), LEAST_RATE);
            LoadPlan rehearsal = new LoadPlan(target, "rehearsal", rate, LENGTH, 1, 1000, fresh);
            int least = plan.rate() > LEAST_RATE ? LEAST_SECONDS : 1;
            boolean kept = false;
            for (int second = 1; second <= MOST && (second <= least || !kept); second++) {
                kept = kept(rehearsal);
            }
        } catch (IOException e) {
            // Then the run itself does the warming up.
        }
    }

    private static boolean kept(LoadPlan rehearsal) throws IOException, InterruptedException {
        try (LoadRun run = LoadRun.start(rehearsal, new Nowhere())) {
            return run.await().punctuality().kept(LATE);
        }
    }

    private static ClassPlan quick(ClassPlan one) {
        ClassPlan usual = ClassPlan.of(one.kind(), one.weight());
        return usual.lasting().isZero() ? usual : usual.lasting(DRAWN_OUT);
    }

    /// Discards everything.
    private static final class Nowhere implements Sink {
        @Override
        public void begin(LoadPlan plan, Instant zero) {
            // A rehearsal leaves no trace.
        }

        @Override
        public void add(List<RequestRecord> records) {
            // Nor this.
        }

        @Override
        public void end(LoadResult result) {
            // Nor this.
        }
    }
}
