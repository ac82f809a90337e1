package dev.tandem.importing;

import dev.tandem.importing.Section.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What Tandem does by itself, or what has become of a line that no other part has told of.
final class Known {
    private static final String OF_PROCESSES = "the init of a balancer starts and watches HAProxy";
    private static final String OF_LIMITS = "it follows from the limit of open files; see 'limits'";
    private static final String OF_TLS = "TLS 1.2 and later, as Mozilla's \"intermediate\" has it";
    private static final String OF_LOGS = "'tandem logs' shows each request";
    private static final String OF_CHECKS = "checks and their times follow from 'failover'";
    private static final String OF_RETRIES = "retried on another server, within a budget";
    private static final String OF_CONNECTIONS =
            "connections are kept, and used again where it is safe";
    private static final String OF_PAGE = "the page is on the port listen.health";

    private static final Map<String, String> GLOBAL =
            table(
                    OF_PROCESSES,
                    "daemon user group uid gid chroot pidfile master-worker nbproc nbthread cpu-map"
                            + " thread-groups node description stats mworker-max-reloads"
                            + " hard-stop-after expose-fd quiet debug localpeer",
                    OF_LIMITS,
                    "maxconn ulimit-n fd-hard-limit maxconnrate maxsslconn maxpipes",
                    OF_TLS,
                    "ca-base crt-base ssl-default-bind-ciphers ssl-default-bind-ciphersuites"
                            + " ssl-default-bind-options ssl-default-bind-curves"
                            + " ssl-default-server-ciphers ssl-default-server-ciphersuites"
                            + " ssl-default-server-options ssl-dh-param-file"
                            + " tune.ssl.default-dh-param",
                    OF_LOGS,
                    "log log-send-hostname log-tag",
                    OF_CHECKS,
                    "spread-checks max-spread-checks server-state-file server-state-base");

    private static final Map<String, String> PROXY =
            table(
                    OF_LOGS,
                    "log option:httplog option:httpslog option:tcplog option:dontlognull"
                            + " option:dontlog-normal option:log-separate-errors option:logasap"
                            + " option:log-health-checks option:socket-stats option:contstats"
                            + " log-tag",
                    OF_LIMITS,
                    "maxconn backlog fullconn",
                    OF_CHECKS,
                    "timeout:check load-server-state-from-file default-server",
                    "timing.connect follows from 'failover'",
                    "timeout:connect",
                    OF_RETRIES,
                    "retries retry-on option:redispatch",
                    OF_CONNECTIONS,
                    "option:http-server-close option:httpclose option:forceclose"
                            + " option:http-keep-alive option:http-tunnel option:tcpka"
                            + " option:clitcpka option:srvtcpka option:http-pretend-keepalive"
                            + " option:abortonclose option:splice-auto option:splice-request"
                            + " option:splice-response option:tcp-smart-accept"
                            + " option:tcp-smart-connect option:prefer-last-server"
                            + " option:http-use-htx option:idle-close-on-response http-reuse"
                            + " option:http-ignore-probes timeout:http-keep-alive"
                            + " timeout:client-fin timeout:server-fin timeout:tarpit",
                    "X-Forwarded-For is set, to the true client",
                    "option:forwardfor option:forwarded",
                    OF_PAGE,
                    "stats",
                    "each port has one protocol: HTTP, or that of a service",
                    "mode description enabled",
                    "text of every usual kind is compressed",
                    "compression:type compression:offload compression:direction");

    /// What becomes of `errorfile`: such a file begins with the head of an answer.
    private static final String OF_PAGES =
            "errors: the page by its status, without the head of an answer";

    /// What becomes of users and passwords.
    static final String OF_USERS = "users of a route: a file as htpasswd writes it";

    private static final Map<String, String> LISTED =
            table(
                    "the balancer looks at the status, on listen.health: /health and /ready",
                    "monitor-uri monitor-net monitor",
                    "mail is sent by who watches: /metrics on listen.health",
                    "email-alert mailers",
                    "programs for HAProxy are not in a balancer's container",
                    "lua-load lua-load-per-thread program external-check insecure-fork-wanted",
                    OF_PAGES,
                    "errorfile errorfiles errorloc errorloc302 errorloc303 http-error",
                    OF_USERS,
                    "user group userlist",
                    "log_format: json, or HAProxy's usual lines",
                    "log-format log-format-sd error-log-format",
                    "a variable of the environment is not there in a balancer",
                    "setenv presetenv resetenv unsetenv",
                    "gone since HAProxy 2.1: http-request replace-path, replace-header",
                    "reqrep reqirep rsprep rspirep reqdeny reqideny reqpass reqallow reqtarpit");

    private static final Set<String> TIMES =
            Set.of("client", "server", "tunnel", "queue", "http-request");
    private static final Set<String> RESOLVING =
            Set.of(
                    "hold",
                    "timeout",
                    "resolve_retries",
                    "accepted_payload_size",
                    "parse-resolv-conf");

    private final Fates ledger;

    Known(Fates ledger) {
        this.ledger = ledger;
    }

    private static Map<String, String> table(String... rows) {
        Map<String, String> table = new TreeMap<>();
        for (int i = 0; i + 1 < rows.length; i += 2) {
            for (String word : rows[i + 1].split(" ", -1)) {
                table.put(word, rows[i]);
            }
        }
        return Map.copyOf(table);
    }

    /// Tells of all lines of which nobody has told.
    void explain(Cfg cfg) {
        for (Line line : cfg.loose()) {
            ledger.listed(line, "it stands in no section");
        }
        for (Line line : cfg.conditional()) {
            ledger.listed(line, "it depends on a condition (.if); import what holds for you");
        }
        for (Section section : cfg.sections()) {
            boolean unused = section.isProxy() && !ledger.isTold(section.header());
            header(section);
            for (Line line : section.lines()) {
                if (!ledger.isTold(line)) {
                    explain(section, line, unused);
                }
            }
        }
    }

    private void header(Section section) {
        Line header = section.header();
        if (ledger.isTold(header)) {
            return;
        }
        switch (section.kind()) {
            case GLOBAL, DEFAULTS, RESOLVERS ->
                    ledger.covered(header, "what stands below it is told of by itself");
            case PEERS -> ledger.listed(header, "not yet: tables that balancers tell each other");
            case USERLIST -> ledger.listed(header, OF_USERS);
            case FRONTEND, BACKEND, LISTEN ->
                    ledger.listed(header, "nothing leads here that could be carried");
            case MAILERS,
                    CACHE,
                    PROGRAM,
                    RING,
                    HTTP_ERRORS,
                    FCGI_APP,
                    LOG_FORWARD,
                    LOG_PROFILE,
                    CRT_STORE,
                    TRACES ->
                    ledger.listed(header, "no key says what this section does");
        }
    }

    private void explain(Section section, Line line, boolean unused) {
        if (unused) {
            ledger.listed(line, "its section is not carried");
            return;
        }
        String first = line.word(0).equals("no") ? line.word(1) : line.word(0);
        String second = first.equals(line.word(0)) ? line.word(1) : line.word(2);
        if (first.equals("stats") && stats(line)) {
            return;
        }
        if (first.equals("errorfile")
                && line.word(2).matches("/etc/haproxy/errors(-\\w+)?/\\d+\\.http")) {
            ledger.covered(line, "the pages of the distribution are what HAProxy says by itself");
            return;
        }
        if (first.equals("acl")) {
            ledger.listed(line, "no rule that is carried uses it");
            return;
        }
        if (idle(section, first, second)) {
            ledger.covered(line, "nothing that is carried looks at it");
            return;
        }
        Map<String, String> covered = section.kind() == Kind.GLOBAL ? GLOBAL : PROXY;
        boolean known = section.isProxy() || isGeneral(section.kind());
        Optional<String> why =
                Optional.ofNullable(covered.get(first + ":" + second))
                        .or(() -> Optional.ofNullable(covered.get(first)))
                        .filter(_ -> known);
        if (why.isPresent()) {
            ledger.covered(line, why.get());
        } else if (section.kind() == Kind.RESOLVERS && RESOLVING.contains(first)) {
            ledger.covered(line, "names are looked up again all the time");
        } else {
            ledger.listed(line, reason(section, first));
        }
    }

    /// Whether HAProxy takes no notice of it there: a default that all sections set again, or what
    /// belongs to the other side.
    private static boolean idle(Section section, String first, String second) {
        return switch (section.kind()) {
            case DEFAULTS ->
                    first.equals("balance")
                            || (first.equals("timeout") && TIMES.contains(second))
                            || (first.equals("option") && second.equals("httpchk"));
            case FRONTEND ->
                    first.equals("balance")
                            || (first.equals("timeout")
                                    && Set.of("server", "queue").contains(second));
            case BACKEND ->
                    first.equals("timeout") && Set.of("client", "http-request").contains(second);
            case LISTEN,
                    GLOBAL,
                    PEERS,
                    RESOLVERS,
                    USERLIST,
                    MAILERS,
                    CACHE,
                    PROGRAM,
                    RING,
                    HTTP_ERRORS,
                    FCGI_APP,
                    LOG_FORWARD,
                    LOG_PROFILE,
                    CRT_STORE,
                    TRACES ->
                    false;
        };
    }

    private static boolean isGeneral(Kind kind) {
        return Set.of(Kind.GLOBAL, Kind.DEFAULTS).contains(kind);
    }

    private static String reason(Section section, String first) {
        return Optional.ofNullable(LISTED.get(first))
                .or(() -> NotYet.of(first))
                .or(() ->
                        section.isProxy() || isGeneral(section.kind())
                                ? Optional.empty()
                                : Optional.of("its section is not carried"))
                .orElse("no key says this");
    }

    private boolean stats(Line line) {
        if (line.word(1).equals("auth")) {
            ledger.listed(
                    line,
                    "a password in the clear: listen.health_user and listen.health_password, which"
                            + " 'openssl passwd -5' makes of it");
            return true;
        }
        if (List.of("admin", "http-request").contains(line.word(1))) {
            ledger.listed(line, "the page only reads; 'tandem drain', 'ready' and 'weight' change");
            return true;
        }
        return false;
    }
}
