package dev.tandem.evidence;

import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/// A pair with its web servers, and requests, for the tests of evidence.
final class Scenes {
    static final long MS = 1_000_000;
    static final Instant ZERO = Instant.parse("2026-11-22T12:00:00Z");

    private Scenes() {}

    /// A scene before anything was done.
    static Scene pair() {
        return new Scene(
                "192.168.0.150",
                ZERO,
                List.of(
                        node(
                                Witness.Role.BALANCER,
                                "haproxy-a",
                                "172.20.0.50",
                                "02:42:ac:14:00:32"),
                        node(
                                Witness.Role.BALANCER,
                                "haproxy-b",
                                "172.20.0.60",
                                "02:42:ac:14:00:3c"),
                        node(Witness.Role.SERVER, "web-a", "172.20.0.2", "02:42:ac:14:00:02"),
                        node(Witness.Role.SERVER, "web-b", "172.20.0.3", "02:42:ac:14:00:03")),
                new TreeMap<>());
    }

    private static Witness node(Witness.Role role, String name, String address, String mac) {
        return new Witness(role, name, "tandem-" + name, List.of(address), List.of(mac));
    }

    /// A request planned at a given millisecond, ended two later.
    static RequestRecord request(String id, long plannedMs, Outcome outcome) {
        long at = plannedMs * MS;
        return new RequestRecord(
                RequestClass.NEW_HTTP,
                id,
                at,
                at,
                at,
                at + MS,
                at + 2 * MS,
                outcome,
                outcome == Outcome.OK ? 200 : 0,
                0,
                "",
                "");
    }
}
