package dev.tandem.load;

import dev.tandem.load.http.ResponseParser;

/// The speed of a SLOW download: evenly over its duration, the last byte at the end. The server
/// sees a client with a slow line, so its answer must be larger than the buffers on the way.
final class Pace {
    private static final int HEAD = 2048;
    private static final int STEPS = 50;
    private static final long SHORTEST = 5_000_000;
    private static final long SUPPOSED = 1 << 20;

    private Pace() {}

    /// How many bytes may be read now, up to a limit; 0 means not yet.
    static int allowed(Exchange exchange, long now, int most) {
        ClassPlan plan = exchange.plan();
        long elapsed = now - exchange.sent();
        long lasting = plan.lasting().toNanos();
        if (plan.kind() != RequestClass.SLOW || elapsed >= lasting) {
            return most;
        }
        ResponseParser response = exchange.response();
        if (!response.headRead()) {
            return HEAD;
        }
        long length = response.head().length();
        long whole = length < 0 ? SUPPOSED : length;
        long due = Math.min(whole - 1, (long) ((double) whole * elapsed / lasting));
        // In steps: reading each byte as it falls due would leave time for nothing else.
        boolean worthIt = due - response.bytes() > whole / STEPS / 2;
        return worthIt ? Math.clamp(due - response.bytes(), 1, most) : 0;
    }

    /// How long to wait when nothing may be read: nanoseconds.
    static long pause(ClassPlan plan) {
        return Math.max(SHORTEST, plan.lasting().toNanos() / STEPS);
    }
}
