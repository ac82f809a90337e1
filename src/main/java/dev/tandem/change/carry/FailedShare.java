package dev.tandem.change.carry;

import dev.tandem.model.Frontend;
import dev.tandem.text.HaproxyCsv;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How many requests a balancer has received, and how many of them failed, as HAProxy counts them
/// in its frontends (management guide, section 9.1: `req_tot`, `hrsp_5xx`). Pure.
///
/// @param requests since HAProxy was started or reloaded
/// @param failed requests answered with 5xx
record FailedShare(long requests, long failed) {
    /// Fewer failed requests than this may be chance.
    private static final long LEAST = 5;

    /// From `show stat -1 1 -1`; empty unless it has both numbers for every frontend that clients
    /// use. An unreadable number is not 0: unknown is never good.
    ///
    /// @param frontends the frontends that clients use
    static Optional<FailedShare> parse(String csv, List<Frontend> frontends) {
        HaproxyCsv counted = HaproxyCsv.parse(csv);
        long requests = 0;
        long failed = 0;
        for (Frontend frontend : frontends) {
            OptionalLong had = counted.ofFrontend(frontend.name(), "req_tot");
            OptionalLong bad = counted.ofFrontend(frontend.name(), "hrsp_5xx");
            if (had.isEmpty() || bad.isEmpty()) {
                return Optional.empty();
            }
            requests += had.getAsLong();
            failed += bad.getAsLong();
        }
        return Optional.of(new FailedShare(requests, failed));
    }

    /// The requests since an earlier count.
    FailedShare since(FailedShare earlier) {
        return new FailedShare(requests - earlier.requests, failed - earlier.failed);
    }

    /// Whether more failed than allowed: among few requests, a single failure says nothing.
    ///
    /// @param allowed in percent of the requests
    boolean exceeds(double allowed) {
        return failed >= LEAST && 100.0 * failed > allowed * requests;
    }

    /// In percent; 0 when there were no requests.
    double percent() {
        return requests == 0 ? 0 : 100.0 * failed / requests;
    }

    /// Whether HAProxy has restarted its counters since an earlier count: it was started or
    /// reloaded, and what it had counted until then is lost.
    boolean beganAgainSince(FailedShare earlier) {
        return requests < earlier.requests || failed < earlier.failed;
    }
}
