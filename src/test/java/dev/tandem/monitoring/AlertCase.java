package dev.tandem.monitoring;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// When one alert is told, and when no more: series of samples, one every five seconds (or minute:
/// {@link #isSlow()}), in the words of `promtool test rules`. At the first moment this alert is
/// told and no other one, at the second none.
///
/// @param alert its name
/// @param series a metric with its labels, then the samples, between them two spaces
/// @param told when it is told, in seconds
/// @param over when it is no more
/// @param labels those of the alert that is told, without its severity
/// @param summary what it says
record AlertCase(
        String alert, List<String> series, int told, int over, String labels, String summary) {
    private static final String A = "site=\"tandem\",node=\"haproxy-a\"";
    private static final String B = "site=\"tandem\",node=\"haproxy-b\"";
    private static final String SITE = "site: tandem";
    private static final String NODE = "site: tandem, node: haproxy-a";

    /// One for each alert.
    static List<AlertCase> all() {
        return List.of(vip(), balancers(), insides(), servers(), care()).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<AlertCase> vip() {
        return List.of(
                new AlertCase(
                        "TandemSiteSilent",
                        List.of(
                                "up{job=\"tandem\"," + A + "}  0x10 1x10",
                                "up{job=\"tandem\"," + B + "}  0x10 1x10"),
                        30,
                        80,
                        SITE,
                        "no balancer of tandem answers on its health port"),
                new AlertCase(
                        "TandemVipNobody",
                        both("tandem_vip_held", "0x10 1x10", "0x20"),
                        30,
                        80,
                        SITE,
                        "nobody holds the VIP of tandem: its clients are cut off"),
                new AlertCase(
                        "TandemSplitBrain",
                        both("tandem_vip_held", "1x20", "1x10 0x10"),
                        30,
                        80,
                        SITE,
                        "2 balancers of tandem hold the VIP"),
                new AlertCase(
                        "TandemVipFlaps",
                        both("tandem_vip_taken_total", "0+1x4 4x400", "0+1x4 4x400"),
                        60,
                        1500,
                        SITE,
                        "the VIP of tandem goes to and fro"),
                new AlertCase(
                        "TandemVipMoved",
                        both("tandem_vip_taken_total", "1x500", "0x10 1x400"),
                        70,
                        400,
                        SITE,
                        "the VIP of tandem moved; its page says why"));
    }

    private static List<AlertCase> balancers() {
        return List.of(
                new AlertCase(
                        "TandemBalancerSilent",
                        List.of(
                                "up{job=\"tandem\"," + A + "}  1x5 0x10 1x10",
                                "up{job=\"tandem\"," + B + "}  1x40"),
                        60,
                        100,
                        "job: tandem, " + NODE,
                        "haproxy-a does not answer on its health port: the next failure counts"),
                new AlertCase(
                        "TandemBalancerOut",
                        of("tandem_vrrp_state", ",state=\"FAULT\"", "1x10 0x10"),
                        40,
                        80,
                        NODE,
                        "haproxy-a takes no part in VRRP: the next failure counts"));
    }

    private static List<AlertCase> insides() {
        return List.of(
                new AlertCase(
                        "TandemListenerSilent",
                        of("tandem_listener_answers", ",listener=\"http:80\"", "0x10 1x10"),
                        30,
                        80,
                        NODE + ", listener: \"http:80\"",
                        "http:80 is not reached, haproxy-a finds"),
                new AlertCase(
                        "TandemProgramStopped",
                        of("tandem_program_runs", ",program=\"speaker\"", "0x20 1x10"),
                        80,
                        130,
                        NODE + ", program: speaker",
                        "speaker on haproxy-a is stopped or gone"),
                new AlertCase(
                        "TandemStandsStill",
                        of("tandem_standstills_total", "", "0 5x400"),
                        60,
                        1500,
                        NODE,
                        "haproxy-a did not run again and again: its machine is overloaded"),
                new AlertCase(
                        "TandemEventsNotKept",
                        of("tandem_events_kept", "", "0x200 1x20"),
                        700,
                        1050,
                        NODE,
                        "haproxy-a cannot write down what happens to it: is its disk full?"),
                new AlertCase(
                        "TandemConnectionsFull",
                        List.of(
                                "haproxy_process_current_connections{" + A + "}  900x20 10x10",
                                "haproxy_process_max_connections{" + A + "}  1000x40"),
                        80,
                        130,
                        NODE,
                        "haproxy-a has 90% of the connections that it may have"));
    }

    private static List<AlertCase> servers() {
        String pool = "haproxy_backend_active_servers{%s,proxy=\"web\"}  %s";
        String server = "haproxy_server_status{%s,proxy=\"web\",server=\"web-a\",state=\"DOWN\"}";
        String answers = "haproxy_frontend_http_responses_total{" + A + ",proxy=\"http\"";
        return List.of(
                new AlertCase(
                        "TandemPoolDown",
                        List.of(
                                pool.formatted(A, "0x20 2x10"),
                                pool.formatted(B, "0x20 2x10"),
                                server.formatted(A) + "  1x20 0x10",
                                answers + ",code=\"5xx\"}  0+10x20 200x10"),
                        90,
                        130,
                        SITE + ", proxy: web",
                        "no balancer of tandem sees a server up in web"),
                new AlertCase(
                        "TandemServerDown",
                        List.of(
                                pool.formatted(A, "1x10 2x10"),
                                server.formatted(A) + "  1x10 0x10"),
                        40,
                        80,
                        SITE + ", proxy: web, server: web-a",
                        "web-a fails its checks in web"),
                new AlertCase(
                        "TandemErrors",
                        List.of(
                                answers + ",code=\"5xx\"}  0+10x40 400x100",
                                answers + ",code=\"2xx\"}  0+10x200"),
                        150,
                        400,
                        SITE,
                        "50% of the answers of tandem are 5xx"));
    }

    private static List<AlertCase> care() {
        String end = "tandem_certificate_end_timestamp_seconds";
        String file = ",file=\"site.pem\"";
        return List.of(
                new AlertCase(
                        "TandemCertificateEndsNow",
                        of(end, file, "100000x30 9999999x30"),
                        120,
                        200,
                        SITE + ", file: site.pem",
                        "site.pem ends in 1d 3h 44m 40s"),
                new AlertCase(
                        "TandemCertificateEnds",
                        of(end, file, "1000000x30 9999999x30"),
                        120,
                        200,
                        SITE + ", file: site.pem",
                        "site.pem ends in 11d 13h 44m 40s"),
                new AlertCase(
                        "TandemMaintenanceForgotten",
                        List.of(
                                "tandem_duty{" + A + ",duty=\"maintenance\"}  1x1450 0x10",
                                "tandem_vrrp_state{" + A + ",state=\"FAULT\"}  1x1450 0x10"),
                        86_500,
                        87_300,
                        NODE + ", duty: maintenance",
                        "haproxy-a has been told to maintenance for a day"),
                new AlertCase(
                        "TandemUpdateDue",
                        of("tandem_image_packages_timestamp_seconds", "", "-5190000x70 0x20"),
                        3700,
                        4320,
                        NODE,
                        "the packages of haproxy-a are 60d 2h 41m 0s old"));
    }

    private static List<String> both(String metric, String first, String second) {
        return List.of(metric + "{" + A + "}  " + first, metric + "{" + B + "}  " + second);
    }

    private static List<String> of(String metric, String label, String samples) {
        return List.of(metric + "{" + A + label + "}  " + samples);
    }

    /// Whether it takes hours until it is told: samples come once a minute then.
    boolean isSlow() {
        return told > 3600;
    }

    /// The cases as a file for `promtool test rules`: all of them slow, or none.
    static String file(String rules, List<AlertCase> cases, List<Alert> alerts) {
        return "rule_files: [%s]\nevaluation_interval: %s\ntests:\n"
                        .formatted(rules, cases.getFirst().every())
                + cases.stream().map(one -> one.test(alerts)).collect(Collectors.joining());
    }

    private String every() {
        return isSlow() ? "1m" : "5s";
    }

    private String test(List<Alert> alerts) {
        StringBuilder text = new StringBuilder();
        text.append("  - interval: " + every() + "\n    input_series:\n");
        for (String one : series) {
            String[] parts = one.split(" {2}", 2);
            text.append("      - {series: '%s', values: '%s'}\n".formatted(parts[0], parts[1]));
        }
        text.append("    alert_rule_test:\n");
        for (Alert one : alerts) {
            text.append(question(told, one.name(), one.name().equals(alert) ? expected(one) : ""));
            text.append(question(over, one.name(), ""));
        }
        return text.toString();
    }

    private static String question(int at, String name, String expected) {
        return "      - {eval_time: %ds, alertname: %s, exp_alerts: [%s]}\n"
                .formatted(at, name, expected);
    }

    private String expected(Alert one) {
        return ("{exp_labels: {%s, severity: %s},"
                        + " exp_annotations: {summary: '%s', runbook_url: '%s'}}")
                .formatted(
                        labels,
                        one.severity().name().toLowerCase(Locale.ROOT),
                        summary,
                        one.runbook());
    }
}
