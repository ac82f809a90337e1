package dev.tandem.observe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Understands what `node-state` prints inside of a balancer: lines of key=value, an empty line,
/// and HAProxy's `show stat` as CSV (HAProxy 3.0 management guide, section 9.1).
final class NodeState {
    private NodeState() {}

    static BalancerSeen parse(String text) {
        Map<String, String> facts = new HashMap<>();
        List<String> arp = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        List<String> statistics = new ArrayList<>();
        boolean inFacts = true;
        for (String line : text.lines().toList()) {
            inFacts = inFacts && !line.isEmpty();
            int equals = line.indexOf('=');
            if (!inFacts) {
                statistics.add(line);
            } else if (line.startsWith("arp=")) {
                arp.add(line.substring(equals + 1));
            } else if (line.startsWith("address=")) {
                addresses.add(line.substring(equals + 1));
            } else if (equals > 0) {
                facts.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        if (!facts.containsKey("vrrp")) {
            return new BalancerSeen.Silent("its init did not say what it knows");
        }
        return new BalancerSeen.Answered(
                Vrrp.of(facts.getOrDefault("vrrp", "")),
                facts.getOrDefault("since", ""),
                facts.getOrDefault("haproxy_down", "1").equals("0"),
                facts.getOrDefault("vip", "").equals("here"),
                facts.getOrDefault("mac", ""),
                arp,
                Loaded.of(facts),
                Standing.of(facts, addresses),
                servers(statistics));
    }

    private static List<ServerSeen> servers(List<String> csv) {
        int header = 0;
        while (header < csv.size() && !csv.get(header).startsWith("# pxname")) {
            header++;
        }
        if (header == csv.size()) {
            return List.of();
        }
        List<String> columns = List.of(csv.get(header).substring(2).split(","));
        int status = columns.indexOf("status");
        int check = columns.indexOf("check_status");
        int code = columns.indexOf("check_code");
        if (status < 2 || check < 2 || code < 2) {
            return List.of();
        }
        int weight = columns.indexOf("uweight");
        int last = Math.max(status, Math.max(check, code));
        return csv.subList(header + 1, csv.size()).stream()
                .map(line -> line.split(",", -1))
                .filter(f -> f.length > last && f[0].startsWith("web"))
                .filter(f -> !f[1].equals("BACKEND") && !f[1].equals("FRONTEND"))
                .map(f ->
                        new ServerSeen(
                                f[0],
                                f[1],
                                f[status],
                                (f[check] + " " + f[code]).strip(),
                                Standing.number(field(f, weight))))
                .toList();
    }

    /// A field that may not be there.
    private static String field(String[] fields, int number) {
        return number >= 0 && number < fields.length ? fields[number] : "";
    }
}
