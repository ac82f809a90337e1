package dev.tandem.monitoring;

import dev.tandem.model.Balancer;
import dev.tandem.model.HealthLogin;
import dev.tandem.model.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Whom Prometheus asks, and how: the balancers on the LAN, each twice, for what HAProxy counts and
/// for what it does not know.
final class Scraping {
    /// For {@code /tandem/metrics}.
    static final String OF_TANDEM = "tandem";

    /// For {@code /metrics}.
    static final String OF_HAPROXY = "tandem-haproxy";

    private Scraping() {}

    /// A file of targets (`file_sd_configs`).
    static String targets(Site site) {
        return JsonText.of(site.balancers().stream().map(one -> target(site, one)).toList());
    }

    private static Map<String, Object> target(Site site, Balancer balancer) {
        SequencedMap<String, Object> target = new LinkedHashMap<>();
        String address = balancer.lanAddress() + ":" + site.listen().health();
        target.put("targets", List.of(address));
        target.put("labels", new TreeMap<>(Map.of("site", site.name(), "node", balancer.name())));
        return target;
    }

    /// A configuration that works as it is. All paths are relative to where it lies.
    static String configuration(Site site) {
        String login = site.listen().healthLogin().map(one -> login(site, one)).orElse("");
        return """
        # Prometheus for site %1$s, written by `tandem render --monitoring`. It runs as it is:
        #   prometheus --config.file=%2$s
        # Or copy what is below `rule_files` and `scrape_configs` into a configuration of your own.
        # Who may ask the balancers: `listen.health_from` in the site file.
        global:
          scrape_interval: 5s
          evaluation_interval: 5s
        rule_files:
          - %3$s
        scrape_configs:
          # VRRP, who holds the VIP, why it moved: docs/reference/status.json.md#metrics
          - job_name: %5$s
            metrics_path: /tandem/metrics
        %7$s    file_sd_configs:
              - files: [%4$s]
          # What HAProxy counts.
          - job_name: %6$s
            metrics_path: /metrics
        %7$s    file_sd_configs:
              - files: [%4$s]
        """
                .formatted(
                        site.name(),
                        Monitoring.name(site, "prometheus.yml"),
                        Monitoring.name(site, "alerts.yml"),
                        Monitoring.name(site, "targets.json"),
                        OF_TANDEM,
                        OF_HAPROXY,
                        login);
    }

    /// The site file has a hash of the password, nobody knows the password itself.
    private static String login(Site site, HealthLogin login) {
        return """
            basic_auth:
              username: %s
              password_file: %s   # write it there: one line, for Prometheus' user alone
        """
                .formatted(JsonText.quoted(login.user()), Monitoring.name(site, "password"));
    }
}
