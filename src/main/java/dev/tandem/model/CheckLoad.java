package dev.tandem.model;

import dev.tandem.model.Server.Scheme;
import java.time.Duration;
import java.util.List;

/// How often the checks of a site's web servers are made, and what that costs each balancer.
///
/// A balancer checks each web server twice, once for what comes as HTTP and once for what comes as
/// HTTPS. A check of a plain HTTP server was seen to take 0.16 ms of a processor, so that 500 a
/// second take a twelfth of one; one over TLS takes 1.2 ms, also with its session resumed (decision
/// 0067). More than these are made less often: who has many web servers sends few requests to the
/// one that is down, and these are tried again on another.
///
/// @param plain checks without TLS, each time that all web servers are checked
/// @param encrypted those with TLS
public record CheckLoad(int plain, int encrypted) {
    /// Checks that a balancer makes in a second at most, unless the site file asks for more.
    public static final int MOST = 500;

    /// A check over TLS takes as long as so many without.
    public static final int TLS = 7;

    private static final int HURRY = 5;

    /// Questions to the agent that a balancer asks in a second at most.
    private static final int MOST_QUESTIONS = 400;

    private static final Duration AGENT = Duration.ofMillis(999);

    /// The checks of these web servers.
    public static CheckLoad of(List<Server> servers) {
        int all = 0;
        int encrypted = 0;
        for (Server server : servers) {
            int slots = server.slots().size();
            all += 2 * slots;
            encrypted +=
                    switch (server) {
                        case Server.Own _ -> 1;
                        case Server.Existing there ->
                                there.scheme() == Scheme.HTTPS ? 2 * slots : 0;
                    };
        }
        return new CheckLoad(all - encrypted, encrypted);
    }

    /// The time between two checks of a web server: as wanted, or so much longer that the checks
    /// stay affordable.
    public Duration paced(Duration wanted) {
        return longer(wanted, plain + TLS * encrypted, MOST);
    }

    /// The time between two checks of a web server that goes down or comes up: as wanted, or so
    /// much longer that those of all at once take five times what checks may take. All of them are
    /// at once when a balancer starts, and when the web servers are too busy to answer in time:
    /// then checks that came ever faster would keep them so (decision 0067).
    public Duration hurried(Duration wanted) {
        return longer(wanted, plain + TLS * encrypted, HURRY * MOST);
    }

    /// The time between two questions to the agent about a web server.
    ///
    /// @param questions each time that all are asked
    public static Duration agent(int questions) {
        return longer(AGENT, questions, MOST_QUESTIONS);
    }

    private static Duration longer(Duration wanted, int number, int perSecond) {
        Duration affordable = Duration.ofMillis(Math.ceilDiv(number * 100, perSecond) * 10L);
        return affordable.compareTo(wanted) > 0 ? affordable : wanted;
    }

    /// Checks that a balancer makes in a second at this interval, and those of them with TLS.
    public PerSecond perSecond(Duration interval) {
        double each = 1e9 / interval.toNanos();
        return new PerSecond((plain + encrypted) * each, encrypted * each);
    }

    /// Checks in a second.
    ///
    /// @param all all of them
    /// @param encrypted those of them with TLS
    public record PerSecond(double all, double encrypted) {}
}
