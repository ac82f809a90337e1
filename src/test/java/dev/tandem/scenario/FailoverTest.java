package dev.tandem.scenario;

import dev.tandem.docker.Output;
import dev.tandem.drill.judge.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What clients see of each fault stays within a generous budget: many times what is measured on a
/// quiet machine (docs/drills), so that only a failover that does not work breaks it. The drill
/// also sees to it that everybody is served again, by every web server, and that no POST ran twice.
///
/// A machine that is too busy to send the requests on time makes a drill inconclusive. That is no
/// failure of the site; any other reason is ({@link DrillRun}).
@Tag("containers")
@Tag("slow")
class FailoverTest {
    @RegisterExtension static final LiveSite LIVE = new LiveSite(TestSite.likeTheCustomers());
    private static TestSite site = LIVE.site();

    @ParameterizedTest
    @CsvSource({
        "haproxy-kill,      outage=1s",
        "haproxy-hang,      outage=2s",
        "keepalived-kill,   outage=1s",
        "keepalived-hang,   outage=1s",
        "balancer-kill,     outage=1s",
        "balancer-pause,    outage=2s",
        "balancer-cut-off,  outage=1s",
        "balancer-cut-from-servers, outage=2400ms",
        "balancer-stop,     outage=500ms",
        "switchover,        outage=500ms",
        "web-kill,          outage=500ms",
        "web-stop,          outage=500ms",
        "web-hang,          outage=500ms",
        "web-refuse,        outage=500ms"
    })
    void clients_are_served_again_soon(String fault, String budget) {
        Output drill =
                site.tandem(
                        "drill",
                        fault,
                        "--yes",
                        "--rate",
                        "100",
                        "--hold",
                        "3",
                        "--budget",
                        budget);

        DrillRun.cameTo(Verdict.PASSED, drill);
    }
}
