package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.ClientLimits;
import dev.tandem.model.Rate;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the section `limits.per_client`, and `limits` of a route.
final class ClientLimitsBinder {
    private static final Pattern RATE = Pattern.compile("([1-9]\\d{0,6})/([1-9]\\d{0,3})s");
    private static final int LONGEST = 3600;

    private ClientLimitsBinder() {}

    /// @param limits the section `limits`
    static ClientLimits bind(Fields limits) {
        return bind(
                limits.section(LimitKeys.PER_CLIENT),
                LimitKeys.PER_CLIENT_CONNECTIONS,
                LimitKeys.PER_CLIENT_REQUESTS);
    }

    /// Those of a route.
    static ClientLimits ofRoute(Fields route) {
        return bind(
                route.section(PoolKeys.ROUTE_LIMITS),
                PoolKeys.ROUTE_LIMITS_CONNECTIONS,
                PoolKeys.ROUTE_LIMITS_REQUESTS);
    }

    private static ClientLimits bind(Fields client, Key connections, Key requests) {
        return new ClientLimits(
                client.number(connections).map(Found::value),
                client.optional(requests, ClientLimitsBinder::rate).map(Found::value));
    }

    private static Verdict<Rate> rate(String text) {
        Matcher matcher = RATE.matcher(text);
        if (matcher.matches()) {
            int requests = Integer.parseInt(matcher.group(1));
            int seconds = Integer.parseInt(matcher.group(2));
            if (requests <= LimitKeys.MOST && seconds <= LONGEST) {
                return new Fits<>(new Rate(requests, Duration.ofSeconds(seconds)));
            }
        }
        return new Unfit<>(
                Visible.quoted(text) + " is not a number of requests in a time",
                "such as 200/10s: from 1 to " + LimitKeys.MOST + " requests, in 1s to 3600s");
    }
}
