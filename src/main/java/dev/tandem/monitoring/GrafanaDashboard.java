package dev.tandem.monitoring;

import dev.tandem.model.Site;
import dev.tandem.monitoring.Panel.Kind;
import dev.tandem.monitoring.Panel.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// A dashboard for Grafana: the VIP and its holder, what clients get, who is up. It is imported
/// with a data source of the user's choice.
final class GrafanaDashboard {
    /// The data source that was chosen, in every panel.
    static final Map<String, Object> SOURCE =
            new TreeMap<>(Map.of("type", "prometheus", "uid", "${source}"));

    /// Grafana's number for how its dashboards are written: that of version 10.
    private static final int SCHEMA = 38;

    private static final int COLUMNS = 24;

    /// Longer ones are refused.
    private static final int LONGEST_UID = 40;

    private static final String OF_CLIENTS = "{$SITE,proxy=~\"https?\"}";
    private static final String OF_POOLS = "{$SITE,proxy=~\"$POOLS\"}";

    private static final List<Panel> PANELS =
            List.of(
                    now(
                            "Who holds the VIP",
                            Kind.NAME,
                            "none",
                            "tandem_vip_held{$SITE} == 1",
                            "node"),
                    now(
                            "Balancers that answer",
                            Kind.NUMBER,
                            "none",
                            "sum by (site) (up{job=\"tandem\",$SITE})",
                            "site"),
                    now(
                            "Servers up, by pool",
                            Kind.NUMBER,
                            "none",
                            "max by (proxy) (haproxy_backend_active_servers" + OF_POOLS + ")",
                            "proxy"),
                    now(
                            "Moves of the VIP, 24 h",
                            Kind.NUMBER,
                            "none",
                            "sum by (site) (round(increase(tandem_vip_taken_total{$SITE}[24h])))",
                            "site"),
                    now(
                            "Certificate ends in",
                            Kind.NUMBER,
                            "s",
                            "min by (file) (tandem_certificate_end_timestamp_seconds{$SITE})"
                                    + " - time()",
                            "file"),
                    now(
                            "Age of the packages",
                            Kind.NUMBER,
                            "s",
                            "time() - tandem_image_packages_timestamp_seconds{$SITE}",
                            "node"),
                    bars("Holds the VIP", "tandem_vip_held{$SITE}", "{{node}}"),
                    bars(
                            "Server is up",
                            "max by (proxy, server) (haproxy_server_status{$SITE,"
                                    + "proxy=~\"$POOLS\",state=\"UP\"})",
                            "{{proxy}}/{{server}}"),
                    lines(
                            "Requests a second",
                            "reqps",
                            new Query(
                                    "sum by (proxy) (rate(haproxy_frontend_http_requests_total"
                                            + OF_CLIENTS
                                            + "[1m]))",
                                    "{{proxy}}")),
                    lines(
                            "Answers a second, by status",
                            "reqps",
                            new Query(
                                    "sum by (code) (rate(haproxy_frontend_http_responses_total"
                                            + OF_CLIENTS
                                            + "[1m]))",
                                    "{{code}}")),
                    lines(
                            "Time to answer (mean of the last 1024)",
                            "s",
                            new Query(
                                    "haproxy_backend_response_time_average_seconds" + OF_POOLS,
                                    "{{node}} {{proxy}}")),
                    lines(
                            "Open connections",
                            "none",
                            new Query("haproxy_process_current_connections{$SITE}", "{{node}}")),
                    lines(
                            "Servers that fail: a second",
                            "reqps",
                            rate("haproxy_backend_retry_warnings_total", "tried again"),
                            rate("haproxy_backend_connection_errors_total", "no connection"),
                            rate("haproxy_backend_response_errors_total", "no answer")),
                    lines(
                            "Why the VIP was lost, 5 min",
                            "none",
                            new Query(
                                    "sum by (cause) (increase(tandem_vip_lost_total{$SITE}[5m]))",
                                    "{{cause}}")));

    private GrafanaDashboard() {}

    private static Panel now(
            String title, Kind kind, String unit, String expression, String label) {
        Query query = new Query(expression, "{{" + label + "}}");
        return new Panel(title, kind, unit, 4, List.of(query));
    }

    private static Panel bars(String title, String expression, String legend) {
        return new Panel(title, Kind.TRUTH, "none", 12, List.of(new Query(expression, legend)));
    }

    private static Panel lines(String title, String unit, Query... queries) {
        return new Panel(title, Kind.LINES, unit, 8, List.of(queries));
    }

    private static Query rate(String counter, String what) {
        return new Query(
                "sum by (proxy) (rate(" + counter + OF_POOLS + "[1m]))", "{{proxy}}: " + what);
    }

    static String render(Site site) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        String uid = "tandem-" + site.name();
        json.put("uid", uid.substring(0, Math.min(uid.length(), LONGEST_UID)));
        json.put("title", "Tandem: " + site.name());
        json.put("tags", List.of("tandem"));
        json.put("schemaVersion", SCHEMA);
        json.put("editable", true);
        json.put("timezone", "");
        json.put("refresh", "5s");
        json.put("time", new TreeMap<>(Map.of("from", "now-1h", "to", "now")));
        json.put("templating", Map.of("list", List.of(choiceOfSource())));
        json.put("annotations", Map.of("list", List.of(moves(site))));
        json.put("panels", panels(site));
        return JsonText.of(json);
    }

    private static Map<String, Object> choiceOfSource() {
        SequencedMap<String, Object> choice = new LinkedHashMap<>();
        choice.put("name", "source");
        choice.put("label", "Prometheus");
        choice.put("type", "datasource");
        choice.put("query", "prometheus");
        return choice;
    }

    /// A line through every panel where the VIP moved.
    private static Map<String, Object> moves(Site site) {
        SequencedMap<String, Object> moves = new LinkedHashMap<>();
        moves.put("name", "Moves of the VIP");
        moves.put("datasource", SOURCE);
        moves.put("enable", true);
        moves.put("iconColor", "orange");
        String expression = "increase(tandem_vip_taken_total{$SITE}[15s]) > 0";
        moves.put("expr", AlertRules.expression(site, expression));
        moves.put("titleFormat", "{{node}} took the VIP");
        return moves;
    }

    /// Beside each other as long as there is room.
    private static List<Object> panels(Site site) {
        List<Object> panels = new ArrayList<>();
        int x = 0;
        int y = 0;
        for (Panel panel : PANELS) {
            if (x + panel.width() > COLUMNS) {
                x = 0;
                y += PANELS.get(panels.size() - 1).kind().height();
            }
            List<String> expressions =
                    panel.queries().stream()
                            .map(query -> AlertRules.expression(site, query.expression()))
                            .toList();
            panels.add(panel.asJson(panels.size() + 1, x, y, expressions));
            x += panel.width();
        }
        return panels;
    }
}
