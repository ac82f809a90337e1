package dev.tandem.file;

import dev.tandem.file.yaml.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Which lines of HAProxy's own the site file may not have: those that open a section, so that what
/// follows would be read as something else, and those that repeat a directive on which a promise of
/// Tandem's rests. HAProxy itself judges all others.
final class OwnLineRules {
    private static final Set<String> SECTIONS =
            Set.of(
                    "global",
                    "defaults",
                    "frontend",
                    "backend",
                    "listen",
                    "peers",
                    "resolvers",
                    "userlist",
                    "mailers",
                    "cache",
                    "program",
                    "ring",
                    "http-errors",
                    "fcgi-app",
                    "log-forward",
                    "log-profile",
                    "crt-store",
                    "traces");

    private static final String OF_THE_INIT = "remove it: the init of a balancer relies on it";
    private static final String OF_DRILLS =
            "remove it: drills and 'tandem logs' read the log as it is";
    private static final String OF_CHECKS =
            "remove it: who gets requests, and who holds the VIP, follows from it";
    private static final String OF_RETRIES = "remove it: no request may run twice";

    private static final Map<String, String> IN_GLOBAL =
            with(
                    words(
                            OF_THE_INIT,
                            "daemon master-worker mworker-max-reloads hard-stop-after node user"
                                    + " group uid gid chroot pidfile stats server-state-file"
                                    + " server-state-base setenv presetenv resetenv unsetenv"
                                    + " unix-bind zero-warning"),
                    words(
                            "remove it: it follows from the limit of open files; see 'limits'",
                            "maxconn fd-hard-limit ulimit-n strict-limits"),
                    words(OF_CHECKS, "max-spread-checks spread-checks"),
                    words(
                            "write 'listen.header_size'",
                            "tune.bufsize tune.maxrewrite tune.h2.fe.initial-window-size"));

    private static final Map<String, String> IN_BOTH =
            with(
                    words("remove it: all other rules are those of HTTP", "mode"),
                    words("write it below 'timing'", "timeout"),
                    words(OF_THE_INIT, "disabled enabled id"),
                    words(OF_DRILLS, "log log-format log-format-sd error-log-format"),
                    words(OF_DRILLS, "option:httplog option:httpslog option:tcplog"),
                    words(OF_DRILLS, "option:dontlognull option:dontlog-normal option:logasap"),
                    words(
                            "remove it: X-Forwarded-For is set, to the true client",
                            "option:forwardfor option:originalto"),
                    words(
                            OF_RETRIES,
                            "option:httpclose option:http-server-close option:http-keep-alive"
                                    + " option:redispatch"));

    private static final Map<String, String> IN_FRONTEND =
            with(
                    IN_BOTH,
                    words("write 'listen.http' or 'listen.https'", "bind"),
                    words(
                            "remove it: Tandem chooses the web servers",
                            "default_backend use_backend"),
                    words("write it below 'limits'", "maxconn backlog"),
                    words("remove it: the page is on the port listen.health", "stats"),
                    words(
                            "remove it: a balancer that leaves relies on it",
                            "option:idle-close-on-response"),
                    words(
                            "remove it: it lets in what two programs read differently",
                            "option:accept-invalid-http-request"
                                    + " option:accept-unsafe-violations-in-http-request"),
                    words("write 'trusted_proxies'", "http-request:set-src tcp-request:set-src"),
                    words(OF_DRILLS, "http-request:set-log-level"));

    private static final Map<String, String> IN_BACKEND =
            with(
                    IN_BOTH,
                    words("write it below 'servers'", "server server-template dispatch"),
                    words("write 'backend.balance'", "balance"),
                    words(
                            OF_CHECKS,
                            "http-check tcp-check external-check option:httpchk option:tcp-check"
                                    + " option:ssl-hello-chk option:external-check option:smtpchk"
                                    + " option:mysql-check option:pgsql-check option:redis-check"
                                    + " option:ldap-check option:spop-check"
                                    + " load-server-state-from-file"),
                    words("write 'backend.retries' and its like", "retries retry-on"),
                    words("write 'backend.http_reuse'", "http-reuse"),
                    words(
                            "write 'timing.gone'",
                            "option:srvtcpka srvtcpka-cnt srvtcpka-idle srvtcpka-intvl"));

    /// What a `default-server` may not say.
    private static final Set<String> OF_A_SERVER =
            Set.of(
                    "check",
                    "no-check",
                    "inter",
                    "fastinter",
                    "downinter",
                    "fall",
                    "rise",
                    "observe",
                    "on-error",
                    "on-marked-down",
                    "on-marked-up",
                    "error-limit",
                    "weight",
                    "disabled",
                    "enabled",
                    "backup",
                    "port",
                    "addr",
                    "track",
                    "agent-check",
                    "agent-port",
                    "agent-addr",
                    "agent-inter",
                    "agent-send",
                    "no-agent-check",
                    "init-state",
                    "verify");

    /// Those of Tandem's rules.
    private static final Set<String> CONDITIONS =
            Set.of("balancers", "trusted", "speaking", "stays");

    private OwnLineRules() {}

    /// The part of haproxy.cfg that a line is for.
    enum Part {
        GLOBAL,
        FRONTEND,
        BACKEND
    }

    private static Map<String, String> refused(Part part) {
        return switch (part) {
            case GLOBAL -> IN_GLOBAL;
            case FRONTEND -> IN_FRONTEND;
            case BACKEND -> IN_BACKEND;
        };
    }

    /// Why a line is refused, and what to do instead.
    record Refusal(String message, String hint) {
        /// The same for a pool, whose keys are below its name.
        Refusal of(String pool) {
            String keys = "'pools." + pool + ".";
            return new Refusal(
                    message,
                    hint.replace("'backend.", keys)
                            .replace("'timing.gone'", keys + "timing.gone'")
                            .replace("below 'timing'", "below " + keys + "timing'")
                            .replace("below 'servers'", "below " + keys + "servers'"));
        }
    }

    /// Empty when it is not.
    static Optional<Refusal> refusal(Part part, String line) {
        if (line.startsWith("#")) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(List.of(line.strip().split("\\s+", -1)));
        if (List.of("no", "default").contains(words.getFirst()) && words.size() > 1) {
            words.removeFirst();
        }
        String first = words.getFirst();
        String both = words.size() > 1 ? first + ":" + words.get(1) : first;
        if (line.endsWith("\\") || isDisguised(first) || isDisguised(part, words)) {
            return Optional.of(
                    new Refusal(
                            Visible.quoted(first) + " is not written plainly",
                            "directives without quotes, $ and \\; each line is one by itself"));
        }
        if (SECTIONS.contains(first) || first.startsWith(".")) {
            return Optional.of(
                    new Refusal(
                            Visible.quoted(first) + " opens a section, or a condition",
                            "lines stay in the section that their key names"));
        }
        String name = refused(part).containsKey(first) ? first : both;
        return Optional.ofNullable(refused(part).get(name))
                .map(why -> new Refusal(name.replace(':', ' ') + " is Tandem's to say", why))
                .or(() -> inside(words));
    }

    /// HAProxy takes quotes and backslashes off before it reads a word.
    private static boolean isDisguised(String word) {
        return word.matches(".*[\"'$\\\\].*");
    }

    private static boolean isDisguised(Part part, List<String> words) {
        String begin = words.getFirst() + ":";
        return words.size() > 1
                && isDisguised(words.get(1))
                && refused(part).keySet().stream().anyMatch(key -> key.startsWith(begin));
    }

    private static Optional<Refusal> inside(List<String> written) {
        List<String> words =
                written.stream().map(word -> word.replaceAll("[\"'\\\\]", "")).toList();
        if (words.getFirst().equals("default-server")) {
            return words.stream()
                    .filter(OF_A_SERVER::contains)
                    .findFirst()
                    .map(word ->
                            new Refusal(
                                    "default-server " + word + " is Tandem's to say", OF_CHECKS));
        }
        if (words.getFirst().equals("acl")
                && words.size() > 1
                && CONDITIONS.contains(words.get(1))) {
            return Optional.of(
                    new Refusal(
                            "acl " + words.get(1) + " is one of Tandem's", "give it another name"));
        }
        Optional<String> counter =
                words.stream().filter(word -> word.matches("track-sc[0-2]")).findFirst();
        if (counter.isPresent()) {
            return Optional.of(
                    new Refusal(
                            counter.get() + " is Tandem's: it counts for 'limits', or for retries",
                            "count in track-sc3, with 'tune.stick-counters 4' in haproxy.global"));
        }
        return words.stream()
                .filter(word -> word.toLowerCase(Locale.ROOT).matches(".*x-(balancer|tandem-).*"))
                .filter(_ -> words.size() > 1 && words.get(1).matches("(set|add|del|replace)-.*"))
                .findFirst()
                .map(word -> new Refusal(Visible.quoted(word) + " is Tandem's to say", OF_DRILLS));
    }

    private static Map<String, String> words(String why, String words) {
        Map<String, String> all = new TreeMap<>();
        for (String word : words.split(" ", -1)) {
            all.put(word, why);
        }
        return all;
    }

    @SafeVarargs
    private static Map<String, String> with(Map<String, String>... all) {
        Map<String, String> one = new TreeMap<>();
        for (Map<String, String> some : all) {
            one.putAll(some);
        }
        return Map.copyOf(one);
    }
}
