package dev.tandem.file;

import static dev.tandem.file.KeyTable.NONE;
import static dev.tandem.file.KeyTable.derived;
import static dev.tandem.file.KeyTable.fixed;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;

/// The keys of what no part of the site may take from the others.
final class LimitKeys {
    static final int LEAST_PIDS = 1000;
    private static final int MOST_PIDS = 1_000_000;
    private static final Shape SIZE = Shapes.text("size such as 512m or 8g", "[1-9][0-9]{0,5}[mg]");
    private static final Shape PIDS = new Shape.Numeric("number", LEAST_PIDS, MOST_PIDS);
    private static final String GROWS = "; as many times more as `listen.header_size` is above 16k";
    static final int MOST = 1_000_000;
    static final Shape RATE = Shapes.text("requests/time", "[1-9][0-9]{0,6}/[1-9][0-9]{0,3}s");
    static final KeyLimits RATES =
            KeyLimits.of("1 to 1000000 requests", "in 1s to 3600s, whole seconds");

    static final KeyTable TABLE = new KeyTable();

    static final Key LIMITS =
            TABLE.add(
                    "limits",
                    Shapes.MAP,
                    NONE,
                    "limits:",
                    "What no part of the site may take from the others.");
    static final Key BALANCER =
            TABLE.add(
                    "limits.balancer",
                    Shapes.MAP,
                    NONE,
                    "balancer: {memory: 16g}",
                    "The container of each balancer.");
    static final Key BALANCER_MEMORY =
            TABLE.add(
                    "limits.balancer.memory",
                    SIZE,
                    derived("`8g`" + GROWS),
                    KeyLimits.of("from 256m"),
                    "memory: 16g",
                    "What all of its processes may take together (`mem_limit`).");
    static final Key BALANCER_PIDS =
            TABLE.add(
                    "limits.balancer.pids",
                    PIDS,
                    fixed("10000"),
                    "pids: 20000",
                    "How many processes and threads it may have (`pids_limit`).");
    static final Key BALANCER_TMPFS =
            TABLE.add(
                    "limits.balancer.tmpfs",
                    SIZE,
                    fixed("16m"),
                    KeyLimits.of("up to 1g"),
                    "tmpfs: 64m",
                    "How much it may write to `/run`, and as much to `/tmp`. Both are in memory.");
    static final Key LOGS =
            TABLE.add(
                    "limits.logs",
                    SIZE,
                    fixed("60m"),
                    KeyLimits.of("from 3m"),
                    "logs: 300m",
                    "How much of what each container prints is kept, in three files that take"
                            + " turns; what is older is gone.");
    static final Key WEB =
            TABLE.add(
                    "limits.web",
                    Shapes.MAP,
                    NONE,
                    "web: {memory: 8g}",
                    "The container of each of Tandem's Nginx.");
    static final Key WEB_MEMORY =
            TABLE.add(
                    "limits.web.memory",
                    SIZE,
                    derived("`4g`" + GROWS),
                    KeyLimits.of("from 256m"),
                    "memory: 8g",
                    "The same as `limits.balancer.memory`.");
    static final Key WEB_PIDS =
            TABLE.add(
                    "limits.web.pids",
                    PIDS,
                    fixed("10000"),
                    "pids: 20000",
                    "The same as `limits.balancer.pids`.");
    static final Key WEB_TMPFS =
            TABLE.add(
                    "limits.web.tmpfs",
                    SIZE,
                    fixed("16m"),
                    KeyLimits.of("up to 1g"),
                    "tmpfs: 64m",
                    "How much it may write to `/run`, which is in memory.");
    static final Key PER_CLIENT =
            TABLE.add(
                    "limits.per_client",
                    Shapes.MAP,
                    NONE,
                    "per_client: {connections: 500, requests: 200/10s}",
                    "What one address may take of each balancer.");
    static final Key PER_CLIENT_CONNECTIONS =
            TABLE.add(
                    "limits.per_client.connections",
                    new Shape.Numeric("number", 1, MOST),
                    derived("half of what the balancer can hold; it is never more"),
                    "connections: 500",
                    "How many connections it may have open. More are closed at once.");
    static final Key PER_CLIENT_REQUESTS =
            TABLE.add(
                    "limits.per_client.requests",
                    RATE,
                    derived("no limit"),
                    RATES,
                    "requests: 200/10s",
                    "How many requests it may send in that time. More are answered with 429.");

    private LimitKeys() {}
}
