package dev.tandem.monitoring;

import dev.tandem.model.Site;
import dev.tandem.monitoring.Alert.Severity;
import java.util.List;
import java.util.Locale;

/// The alert rules of a site. One failure is told by one alert: servers of a pool that is down are
/// not told one by one, and neither is a balancer when none answers.
///
/// What a balancer that is silent told last is not used: Prometheus forgets it with the first
/// scrape that fails.
final class AlertRules {
    private static final String HEALTH = "docs/operating/health.md";

    private static final List<Alert> VIP =
            List.of(
                    new Alert(
                            "TandemSiteSilent",
                            "sum by (site) (up{job=\"tandem\",$SITE}) == 0",
                            "15s",
                            Severity.PAGE,
                            "no balancer of {{ $labels.site }} answers on its health port",
                            HEALTH + "#when-paged"),
                    new Alert(
                            "TandemVipNobody",
                            "sum by (site) (tandem_vip_held{$SITE}) == 0",
                            "15s",
                            Severity.PAGE,
                            "nobody holds the VIP of {{ $labels.site }}: its clients are cut off",
                            HEALTH + "#when-paged"),
                    new Alert(
                            "TandemSplitBrain",
                            "sum by (site) (tandem_vip_held{$SITE}) > 1",
                            "15s",
                            Severity.PAGE,
                            "{{ $value }} balancers of {{ $labels.site }} hold the VIP",
                            "docs/operating/doctor.md#split-brain"),
                    new Alert(
                            "TandemVipFlaps",
                            "sum by (site) (increase(tandem_vip_taken_total{$SITE}[15m])) > 5",
                            "",
                            Severity.PAGE,
                            "the VIP of {{ $labels.site }} goes to and fro",
                            HEALTH + "#why-did-the-vip-move"),
                    new Alert(
                            "TandemVipMoved",
                            "sum by (site) (increase(tandem_vip_taken_total{$SITE}[5m])) > 0"
                                    + " unless on (site) sum by (site)"
                                    + " (increase(tandem_vip_taken_total{$SITE}[15m])) > 5",
                            "",
                            Severity.INFO,
                            "the VIP of {{ $labels.site }} moved; its page says why",
                            HEALTH + "#why-did-the-vip-move"));

    private static final List<Alert> BALANCERS =
            List.of(
                    new Alert(
                            "TandemBalancerSilent",
                            "up{job=\"tandem\",$SITE} == 0 unless on (site) sum by (site)"
                                    + " (up{job=\"tandem\",$SITE}) == 0",
                            "15s",
                            Severity.WARNING,
                            "{{ $labels.node }} does not answer on its health port: the next"
                                    + " failure counts",
                            HEALTH + "#when-paged"),
                    new Alert(
                            "TandemBalancerOut",
                            "max by (site, node)"
                                    + " (tandem_vrrp_state{$SITE,state=~\"FAULT|INIT|DOWN\"}) == 1"
                                    + " unless on (site, node)"
                                    + " tandem_duty{$SITE,duty=\"maintenance\"} == 1",
                            "30s",
                            Severity.WARNING,
                            "{{ $labels.node }} takes no part in VRRP: the next failure counts",
                            HEALTH + "#vrrp-states"),
                    new Alert(
                            "TandemListenerSilent",
                            "tandem_listener_answers{$SITE} == 0",
                            "15s",
                            Severity.WARNING,
                            "{{ $labels.listener }} is not reached, {{ $labels.node }} finds"
                                    + "{{ with $labels.at }} (at {{ . }}){{ end }}",
                            HEALTH + "#when-paged"),
                    new Alert(
                            "TandemProgramStopped",
                            "tandem_program_runs{$SITE} == 0",
                            "1m",
                            Severity.WARNING,
                            "{{ $labels.program }} on {{ $labels.node }} is stopped or gone",
                            HEALTH + "#when-paged"),
                    new Alert(
                            "TandemStandsStill",
                            "increase(tandem_standstills_total{$SITE}[15m]) > 3",
                            "",
                            Severity.WARNING,
                            "{{ $labels.node }} did not run again and again: its machine is"
                                    + " overloaded",
                            HEALTH + "#when-paged"),
                    new Alert(
                            "TandemEventsNotKept",
                            "tandem_events_kept{$SITE} == 0",
                            "10m",
                            Severity.WARNING,
                            "{{ $labels.node }} cannot write down what happens to it: is its disk"
                                    + " full?",
                            "docs/reference/status.json.md#events"),
                    new Alert(
                            "TandemConnectionsFull",
                            "haproxy_process_current_connections{$SITE}"
                                    + " / haproxy_process_max_connections{$SITE} > 0.8",
                            "1m",
                            Severity.PAGE,
                            "{{ $labels.node }} has {{ $value | humanizePercentage }} of the"
                                    + " connections that it may have",
                            "docs/reference/tandem.yaml.md#limitsper_client"));

    private static final String POOL_DOWN =
            "max by (site, proxy) (haproxy_backend_active_servers{$SITE,proxy=~\"$POOLS\"}) == 0";

    private static final List<Alert> SERVERS =
            List.of(
                    new Alert(
                            "TandemPoolDown",
                            POOL_DOWN,
                            "10s",
                            Severity.PAGE,
                            "no balancer of {{ $labels.site }} sees a server up in"
                                    + " {{ $labels.proxy }}",
                            "docs/operating/routes.md#when-a-pool-is-down"),
                    new Alert(
                            "TandemServerDown",
                            "max by (site, proxy, server)"
                                    + " (haproxy_server_status{$SITE,proxy=~\"$POOLS\","
                                    + "state=\"DOWN\"})"
                                    + " == 1 unless on (site, proxy) "
                                    + POOL_DOWN,
                            "30s",
                            Severity.WARNING,
                            "{{ $labels.server }} fails its checks in {{ $labels.proxy }}",
                            HEALTH + "#when-paged"),
                    new Alert(
                            "TandemErrors",
                            "sum by (site) (rate(haproxy_frontend_http_responses_total"
                                    + "{$SITE,proxy=~\"https?\",code=\"5xx\"}[2m])) / sum by (site)"
                                    + " (rate(haproxy_frontend_http_responses_total"
                                    + "{$SITE,proxy=~\"https?\"}[2m])) > 0.05 unless on (site) "
                                    + POOL_DOWN,
                            "1m",
                            Severity.PAGE,
                            "{{ $value | humanizePercentage }} of the answers of"
                                    + " {{ $labels.site }} are 5xx",
                            HEALTH + "#requests-that-fail"));

    private static final String LEFT =
            "min by (site, file) (tandem_certificate_end_timestamp_seconds{$SITE}) - time()";

    private static final List<Alert> CARE =
            List.of(
                    new Alert(
                            "TandemCertificateEndsNow",
                            LEFT + " < 3 * 86400",
                            "1m",
                            Severity.PAGE,
                            "{{ $labels.file }} ends in {{ $value | humanizeDuration }}",
                            HEALTH + "#without-an-alarm"),
                    new Alert(
                            "TandemCertificateEnds",
                            "(" + LEFT + " < 21 * 86400) >= 3 * 86400",
                            "1m",
                            Severity.WARNING,
                            "{{ $labels.file }} ends in {{ $value | humanizeDuration }}",
                            HEALTH + "#without-an-alarm"),
                    new Alert(
                            "TandemMaintenanceForgotten",
                            "max by (site, node, duty) (tandem_duty{$SITE,duty!=\"serve\"}) == 1",
                            "24h",
                            Severity.WARNING,
                            "{{ $labels.node }} has been told to {{ $labels.duty }} for a day",
                            "docs/operating/changes.md#orders-stay"),
                    new Alert(
                            "TandemUpdateDue",
                            "time() - tandem_image_packages_timestamp_seconds{$SITE} > 60 * 86400",
                            "1h",
                            Severity.WARNING,
                            "the packages of {{ $labels.node }} are"
                                    + " {{ $value | humanizeDuration }} old",
                            "docs/operating/upgrade.md#security-updates-of-the-images"));

    private AlertRules() {}

    /// All of them.
    static List<Alert> all() {
        return List.of(VIP, BALANCERS, SERVERS, CARE).stream().flatMap(List::stream).toList();
    }

    /// The file of rules.
    static String render(Site site) {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                # What is told of site %1$s, written by `tandem render --monitoring`.
                # severity: page wakes somebody, warning is for working hours, info has happened.
                # runbook_url: a place in Tandem's documents; put the address where you keep them before it.
                groups:
                  - name: tandem-%1$s
                    rules:
                """
                        .formatted(site.name()));
        all().forEach(alert -> text.append(rule(site, alert)));
        return text.toString();
    }

    private static String rule(Site site, Alert alert) {
        String lasting = alert.lasting().isEmpty() ? "" : "        for: " + alert.lasting() + "\n";
        return """
              - alert: %s
                expr: %s
        %s        labels:
                  severity: %s
                annotations:
                  summary: %s
                  runbook_url: %s
        """
                .formatted(
                        alert.name(),
                        quoted(expression(site, alert.expression())),
                        lasting,
                        alert.severity().name().toLowerCase(Locale.ROOT),
                        quoted(alert.summary()),
                        alert.runbook());
    }

    /// A text of YAML: no name of a site, and no word of ours, ends it.
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// With the site's own name and pools.
    static String expression(Site site, String expression) {
        return expression
                .replace("$SITE", "site=\"" + site.name() + "\"")
                .replace("$POOLS", String.join("|", site.namesOfChecked()));
    }
}
