package dev.tandem.file;

import dev.tandem.file.yaml.Key;
import dev.tandem.model.CheckLoad;
import dev.tandem.model.Timing;
import java.time.Duration;
import java.util.Optional;

/// Reads `failover` and the section `timing`.
final class TimingBinder {
    private TimingBinder() {}

    /// The times; empty when something in them is wrong.
    ///
    /// @param load the checks of the web servers
    static Optional<Timing> bind(Fields root, CheckLoad load) {
        Optional<Timing> derived =
                root.optional(TimeKeys.FAILOVER, TimeRules::failover)
                        .map(found -> Timing.within(found.value(), load));
        Fields timing = root.section(TimeKeys.TIMING);
        Optional<Duration> advert = time(timing, TimeKeys.TIMING_ADVERT, TimeRules::advert);
        Optional<Duration> check = time(timing, TimeKeys.TIMING_CHECK, TimeRules::check);
        Optional<Duration> fast = time(timing, TimeKeys.TIMING_CHECK_FAST, TimeRules::check);
        Optional<Duration> limit = time(timing, TimeKeys.TIMING_CHECK_LIMIT, TimeRules::check);
        Optional<Duration> connect = time(timing, TimeKeys.TIMING_CONNECT, TimeRules::check);
        Optional<Integer> fall = number(timing, TimeKeys.TIMING_FALL);
        Optional<Integer> rise = number(timing, TimeKeys.TIMING_RISE);
        Optional<Duration> httpRequest = request(timing, TimeKeys.TIMING_HTTP_REQUEST);
        Optional<Duration> client = request(timing, TimeKeys.TIMING_CLIENT);
        Optional<Duration> server = request(timing, TimeKeys.TIMING_SERVER);
        Optional<Duration> tunnel = request(timing, TimeKeys.TIMING_TUNNEL);
        Optional<Duration> gone = request(timing, TimeKeys.TIMING_GONE);
        Optional<Duration> silent = request(timing, TimeKeys.TIMING_SILENT);
        Optional<Duration> queue = request(timing, TimeKeys.TIMING_QUEUE);
        return derived.map(all ->
                new Timing(
                        advert.orElse(all.advert()),
                        check.orElse(all.check()),
                        fast.orElse(all.checkFast()),
                        limit.orElse(all.checkLimit()),
                        fall.orElse(all.fall()),
                        rise.orElse(all.rise()),
                        connect.orElse(all.connect()),
                        httpRequest.orElse(all.httpRequest()),
                        client.orElse(all.client()),
                        server,
                        tunnel.orElse(all.tunnel()),
                        gone.orElse(all.gone()),
                        silent.orElse(all.silent()),
                        queue.orElse(all.queue())));
    }

    private static Optional<Duration> request(Fields timing, Key key) {
        return time(timing, key, TimeRules::request);
    }

    private static Optional<Duration> time(Fields timing, Key key, Rule<Duration> rule) {
        return timing.optional(key, rule).map(Found::value);
    }

    private static Optional<Integer> number(Fields timing, Key key) {
        return timing.number(key).map(Found::value);
    }
}
