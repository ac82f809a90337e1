package dev.tandem.cli;

import dev.tandem.model.CheckLoad;
import dev.tandem.model.Patience;
import dev.tandem.model.Pool;
import dev.tandem.model.Site;
import dev.tandem.model.TcpService;
import dev.tandem.model.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The times in force, each by its key below `timing`: those that the site file sets, and those
/// that follow from `failover` and from what the web servers are. Pure.
final class TimesText {
    private TimesText() {}

    static List<String> of(Site site) {
        Timing timing = site.timing();
        List<String> lines = new ArrayList<>();
        lines.add("VRRP: advert " + words(timing.advert()));
        if (site.hasWebServers()) {
            lines.addAll(ofWebServers(site));
        }
        for (TcpService service : site.tcpServices()) {
            lines.add(
                    "service %s: check %s every %s, idle %s"
                            .formatted(
                                    service.name(),
                                    service.check(),
                                    words(service.check().every(timing)),
                                    words(site.idle(service))));
        }
        return lines;
    }

    private static List<String> ofWebServers(Site site) {
        Timing timing = site.timing();
        List<String> lines = new ArrayList<>();
        lines.add(
                "checks of a web server: check %s, check_fast %s, check_limit %s, fall %d, rise %d"
                        .formatted(
                                words(timing.check()),
                                words(timing.checkFast()),
                                words(timing.checkLimit()),
                                timing.fall(),
                                timing.rise()));
        lines.addAll(cost(site));
        for (Pool pool : site.pools()) {
            String whose = site.hasPools() ? "pool " + pool.name() + ": " : "";
            of(timing, pool.patience()).forEach(line -> lines.add(whose + line));
        }
        return lines;
    }

    private static List<String> cost(Site site) {
        Duration check = site.timing().check();
        CheckLoad load = CheckLoad.of(site.allServers());
        CheckLoad.PerSecond each = load.perSecond(check);
        int balancers = site.balancers().size();
        List<String> lines = new ArrayList<>();
        lines.add(
                "cost of these checks: %s a second by all balancers together, %s of them with TLS"
                        .formatted(
                                number(balancers * each.all()),
                                number(balancers * each.encrypted())));
        if (load.paced(Duration.ofMillis(1)).equals(check)) {
            lines.add(
                    ("there are so many web servers that check is longer: a balancer makes %d"
                                    + " checks a second, and one with TLS counts as %d")
                            .formatted(CheckLoad.MOST, CheckLoad.TLS));
        }
        return lines;
    }

    private static String number(double perSecond) {
        return perSecond < 10
                ? String.format(Locale.ROOT, "%.1f", perSecond)
                : Long.toString(Math.round(perSecond));
    }

    private static List<String> of(Timing timing, Patience patience) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "requests: connect %s, http_request %s, client %s, server %s, tunnel %s"
                        .formatted(
                                words(timing.connect()),
                                words(timing.httpRequest()),
                                words(timing.client()),
                                words(patience.server()),
                                words(patience.tunnel())));
        if (patience.mayBeSlow()) {
            lines.add(
                    ("a server with url that is silent: its open connections end when its kernel is"
                                    + " silent for %s (gone), or after %s (silent)")
                            .formatted(words(patience.gone()), words(patience.silent())));
        }
        return lines;
    }

    /// The same for programs: keys and values as they can be set below `timing`.
    static Map<String, String> byKey(Site site) {
        Timing timing = site.timing();
        Patience patience = site.defaultPool().patience();
        Map<String, String> times = new LinkedHashMap<>();
        times.put("advert", words(timing.advert()));
        times.put("check", words(timing.check()));
        times.put("check_fast", words(timing.checkFast()));
        times.put("check_limit", words(timing.checkLimit()));
        times.put("fall", Integer.toString(timing.fall()));
        times.put("rise", Integer.toString(timing.rise()));
        times.put("connect", words(timing.connect()));
        times.put("http_request", words(timing.httpRequest()));
        times.put("client", words(timing.client()));
        times.put("server", words(patience.server()));
        times.put("tunnel", words(patience.tunnel()));
        times.put("gone", words(patience.gone()));
        times.put("silent", words(patience.silent()));
        return times;
    }

    /// In the units of the site file, the largest that leaves a whole number.
    private static String words(Duration time) {
        long millis = time.toMillis();
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
