package dev.tandem.observe;

import dev.tandem.text.HaproxyCsv;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Parses the output of `node-state` in a balancer: lines of key=value, an empty line, and
/// HAProxy's `show stat` as CSV (HAProxy 3.0 management guide, section 9.1).
final class NodeState {
    private static final String STATUS = "status";
    private static final String CHECK = "check_status";
    private static final String CODE = "check_code";

    /// A server that lacks one of these is skipped: the answer was truncated.
    private static final Set<String> NEEDED =
            Set.of(HaproxyCsv.PROXY, HaproxyCsv.NAME, STATUS, CHECK, CODE);

    private NodeState() {}

    /// What an init that has stopped wrote down about its programs is not believed.
    ///
    /// @param backends the HAProxy backends whose servers are reported: not the last resort, in
    ///   which every server counts as up
    /// @param replicas which web server each of HAProxy's servers is a replica of
    static BalancerSeen parse(String text, Set<String> backends, Map<String, String> replicas) {
        Map<String, String> facts = new HashMap<>();
        Map<String, List<String>> all = new HashMap<>();
        StringBuilder statistics = new StringBuilder();
        boolean inFacts = true;
        for (String line : text.lines().toList()) {
            inFacts = inFacts && !line.isEmpty();
            int equals = line.indexOf('=');
            if (!inFacts) {
                statistics.append(line).append('\n');
            } else if (equals > 0) {
                String key = line.substring(0, equals);
                facts.put(key, line.substring(equals + 1));
                all.computeIfAbsent(key, _ -> new ArrayList<>()).add(line.substring(equals + 1));
            }
        }
        if (!facts.containsKey("vrrp")) {
            return new BalancerSeen.Silent("its init did not report its state");
        }
        InitSeen init = InitSeen.of(facts, key -> several(all, key));
        boolean runs = init.stoppedFor().isEmpty();
        return new BalancerSeen.Answered(
                runs ? Vrrp.of(facts.getOrDefault("vrrp", "")) : Vrrp.UNKNOWN,
                facts.getOrDefault("since", ""),
                runs && facts.getOrDefault("haproxy_down", "1").equals("0"),
                facts.getOrDefault("vip", "").equals("here"),
                facts.getOrDefault("mac", ""),
                several(all, "arp"),
                Loaded.of(facts),
                Standing.of(facts, several(all, "address"), init),
                joined(
                        servers(statistics.toString(), backends, shares(several(all, "share"))),
                        replicas));
    }

    /// What web servers of ours told the balancer: `web=NAME KEY=VALUE...`, a line for each.
    static Map<String, OwnServerSeen> ownServers(String text) {
        Map<String, OwnServerSeen> told = new HashMap<>();
        text.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.startsWith("web="))
                .map(line -> line.substring("web=".length()).split(" ", 2))
                .filter(words -> words.length == 2)
                .forEach(words ->
                        told.put(words[0], OwnServerSeen.parse(words[1].replace(' ', '\n'))));
        return told;
    }

    /// The values of a key that may come more than once.
    private static List<String> several(Map<String, List<String>> all, String key) {
        return all.getOrDefault(key, List.of());
    }

    /// By backend and server; a line that cannot be understood is left out.
    private static Map<String, Recent> shares(List<String> lines) {
        Map<String, Recent> shares = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            if (words.length == 2) {
                Recent.of(words[1]).ifPresent(recent -> shares.put(words[0], recent));
            }
        }
        return shares;
    }

    private static List<ServerSeen> servers(
            String statistics, Set<String> backends, Map<String, Recent> shares) {
        return HaproxyCsv.parse(statistics).servers(NEEDED).stream()
                .filter(row -> backends.contains(row.field(HaproxyCsv.PROXY)))
                .map(row -> server(row, shares))
                .toList();
    }

    /// Those that are replicas of one web server are one, in each backend.
    private static List<ServerSeen> joined(List<ServerSeen> all, Map<String, String> replicas) {
        Map<List<String>, List<ServerSeen>> parts = new LinkedHashMap<>();
        for (ServerSeen one : all) {
            String server = replicas.getOrDefault(one.server(), one.server());
            parts.computeIfAbsent(List.of(one.backend(), server), _ -> new ArrayList<>()).add(one);
        }
        List<ServerSeen> seen = new ArrayList<>();
        parts.forEach((key, each) ->
                seen.addAll(
                        replicas.containsValue(key.getLast())
                                ? List.of(ServerSeen.joined(key.getLast(), each))
                                : each));
        return List.copyOf(seen);
    }

    private static ServerSeen server(HaproxyCsv.Row row, Map<String, Recent> shares) {
        String name = row.field(HaproxyCsv.PROXY) + "/" + row.field(HaproxyCsv.NAME);
        return new ServerSeen(
                row.field(HaproxyCsv.PROXY),
                row.field(HaproxyCsv.NAME),
                status(row.field(STATUS)),
                row.field(STATUS).equals(ServerSeen.BY_AGENT)
                        ? agent(row.field("last_agt"))
                        : check(row.field(CHECK), row.field(CODE)),
                Standing.number(row.field("uweight")),
                Optional.ofNullable(shares.get(name)));
    }

    /// The last check and its code. While the next one is under way HAProxy marks the status of the
    /// last with `* ` and has no code.
    private static String check(String status, String code) {
        return status.startsWith("* ") ? status.substring(2) : (status + " " + code).strip();
    }

    /// HAProxy says `DRAIN (agent)` of every drained web server that it asks an agent about.
    private static String status(String said) {
        return said.equals("DRAIN (agent)") ? "DRAIN" : said;
    }

    /// The reason that the agent gave: HAProxy quotes it as `via agent : down (REASON)`.
    private static String agent(String words) {
        return words.replaceFirst("(?s)^via agent : down \\((.*)\\)$", "$1");
    }
}
