package dev.tandem.monitoring;

import dev.tandem.model.Site;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files with which a site is watched. Each has the site's name in its own, so that one
/// directory holds those of several sites, and none of somebody else's is overwritten there:
///
/// ```
/// tandem-shop.targets.json      who is to be asked: Prometheus reads it again when it changes
/// tandem-shop.alerts.yml        what is not well, and for how long before it is told
/// tandem-shop.prometheus.yml    a whole configuration with both; or copy its parts into yours
/// tandem-shop.grafana.json      a dashboard, to be imported
/// ```
///
/// No secret stands in them: where the health page asks for a password, Prometheus reads it from a
/// file that somebody puts beside them.
public final class Monitoring {
    private Monitoring() {}

    /// The files of a site: text by name. The same site gives the same bytes.
    public static SortedMap<String, String> files(Site site) {
        return new TreeMap<>(
                Map.of(
                        name(site, "targets.json"), Scraping.targets(site),
                        name(site, "prometheus.yml"), Scraping.configuration(site),
                        name(site, "alerts.yml"), AlertRules.render(site),
                        name(site, "grafana.json"), GrafanaDashboard.render(site)));
    }

    /// The name of such a file.
    static String name(Site site, String what) {
        return "tandem-" + site.name() + "." + what;
    }
}
