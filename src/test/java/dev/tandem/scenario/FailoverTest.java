package dev.tandem.scenario;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What clients see of each fault stays within a generous budget: many times what is measured on a
/// quiet machine (docs/drills), so that only a failover that does not work breaks it. The drill
/// also sees to it that everybody is served again, by every web server, and that no POST ran twice.
///
/// The faults of which more is asked than this are drilled once, in {@link FailoverTargetsTest}.
@Tag("containers")
@Tag("exact")
@Tag("slow")
class FailoverTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite(TestSite.likeTheCustomers());
    private static final TestSite SITE = LIVE.site();

    /// Each fault stays longer than the outage that is allowed.
    @ParameterizedTest
    @CsvSource({
        "haproxy-kill,    1000, 2",
        "haproxy-hang,    2000, 3",
        "keepalived-kill, 1000, 2",
        "keepalived-hang, 1000, 2",
        "balancer-kill,   1000, 2",
        "balancer-pause,  2000, 3",
        "balancer-stop,    500, 2",
        "switchover,       500, 2",
        "web-stop,         500, 2"
    })
    void clients_are_served_again_soon(String fault, int outage, int hold) throws IOException {
        FaultRun run = FaultRun.of(SITE, fault, hold);
        if (run.isConclusive()) {
            run.outageIsAtMost(Duration.ofMillis(outage));
        }
    }
}
