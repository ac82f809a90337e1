package dev.tandem.file;

import static dev.tandem.file.KeyTable.NONE;
import static dev.tandem.file.KeyTable.REQUIRED;
import static dev.tandem.file.KeyTable.derived;
import static dev.tandem.file.KeyTable.fixed;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import java.util.Map;

/// The keys of more pools of web servers, and of which requests go where.
final class PoolKeys {
    static final int MOST_POOLS = 100;
    private static final int MOST_ROUTES = 1000;
    private static final KeyLimits OF_A_REQUEST = KeyLimits.of("1s to 86400s");

    /// A pool has the keys of `backend`, and its servers are like all others.
    static final Map<String, String> ALIKE =
            Map.of("pools.<name>", "backend", "pools.<name>.servers", "servers");

    static final KeyTable TABLE = new KeyTable();

    static final Key POOLS =
            TABLE.add(
                    "pools",
                    new Shape.Named(Shapes.NAME, MOST_POOLS),
                    NONE,
                    "pools: {api: {servers: {api-1: {url: \"http://10.0.0.7:8080\"}}}}",
                    "More pools of web servers, which `routes` send requests to. What is below"
                            + " `servers` and `backend` is the pool `web`.");
    static final Key POOL =
            TABLE.add(
                    "pools.<name>",
                    Shapes.ENTRY,
                    NONE,
                    KeyLimits.of(
                            "a name that is not one of Tandem's own in haproxy.cfg: not `web`,"
                                    + " nothing with `-tls` at its end, for example",
                            "not that of a balancer"),
                    "api:",
                    "One pool. It has every key that `backend` has, with the same defaults, and"
                            + " those below.");
    static final Key SERVERS =
            TABLE.add(
                    "pools.<name>.servers",
                    new Shape.Named(Shapes.NAME, WebKeys.MOST_SERVERS),
                    REQUIRED,
                    "servers: {api-1: {url: \"http://10.0.0.7:8080\"}}",
                    "Its web servers, each with the keys of `servers.<name>`.");
    static final Key TIMING =
            TABLE.add(
                    "pools.<name>.timing",
                    Shapes.MAP,
                    NONE,
                    "timing: {server: 600s}",
                    "What this pool sets of the site's `timing`.");
    static final Key TIMING_SERVER = time("server", "600s");
    static final Key TIMING_TUNNEL = time("tunnel", "86400s");
    static final Key TIMING_GONE = time("gone", "10s");
    static final Key TIMING_SILENT = time("silent", "60s");

    static final Key ROUTES =
            TABLE.add(
                    "routes",
                    new Shape.Maps("routes", MOST_ROUTES),
                    derived("every request goes to the pool `web`"),
                    "routes: [{host: api.example.org, to: api}]",
                    "Which requests go where. The first route that fits decides; what fits none"
                            + " goes to the pool `web`.");
    static final Key ROUTE =
            TABLE.add(
                    "routes.<number>",
                    Shapes.ENTRY,
                    NONE,
                    KeyLimits.of("some request gets as far as this route"),
                    "host: api.example.org",
                    "One route. It fits a request that has its `host` and its `path`.");
    static final Key ROUTE_HOST =
            TABLE.add(
                    "routes.<number>.host",
                    Shapes.HOSTNAME,
                    derived("any"),
                    KeyLimits.of(
                            "lower case, and as it is sent: `xn--...` where it has other letters",
                            "a leading `*.` stands for one label or more"),
                    "host: api.example.org",
                    "The host that is asked for, with whatever port.");
    static final Key ROUTE_PATH =
            TABLE.add(
                    "routes.<number>.path",
                    Shapes.URL_PATH,
                    fixed("/"),
                    KeyLimits.of(
                            Shapes.URL_PATH_LIMITS, "no `?`, no `//`, no `.` or `..` between `/`"),
                    "path: /v1/",
                    "What the path begins with, as a web server reads it: decoded, and without"
                            + " doubled slashes.");
    static final Key ROUTE_TO =
            TABLE.add(
                    "routes.<number>.to",
                    Shapes.NAME,
                    NONE,
                    KeyLimits.of("`web`, or one of `pools`").apart("redirect"),
                    "to: api",
                    "The pool that the request goes to.");
    static final Key ROUTE_STRIP =
            TABLE.add(
                    "routes.<number>.strip",
                    Shapes.URL_PATH,
                    NONE,
                    KeyLimits.of("`path` begins with it and a `/`").together("path").together("to"),
                    "strip: /v1",
                    "What is taken off the beginning of the path before a web server sees it.");
    static final Key ROUTE_REDIRECT =
            TABLE.add(
                    "routes.<number>.redirect",
                    Shapes.text("URL", "https?://[a-z0-9.-]+(:[1-9][0-9]{0,4})?(/[!-~]*)?"),
                    NONE,
                    KeyLimits.of("it does not lead to a route that leads back").apart("to"),
                    "redirect: https://www.example.org",
                    "Where the client is sent instead. Without a path in it, the path and the query"
                            + " of the request are added.");
    static final Key ROUTE_CODE =
            TABLE.add(
                    "routes.<number>.code",
                    new Shape.Numeric("status", 301, 308),
                    fixed("302"),
                    KeyLimits.of("301, 302, 303, 307 or 308").together("redirect"),
                    "code: 301",
                    "The status of the redirect. A browser remembers 301 and 308 for good.");
    static final Key ROUTE_USERS =
            TABLE.add(
                    "routes.<number>.users",
                    Shapes.FILE,
                    derived("nobody needs a password"),
                    UserFileRules.LIMITS,
                    "users: ./htpasswd",
                    "Who may, with a name and a password (basic authentication). Others get 401.");
    static final Key ROUTE_ALLOW =
            TABLE.add(
                    "routes.<number>.allow",
                    new Shape.Items("addresses", Shapes.RANGE, 1, 100),
                    derived("everybody"),
                    AccessKeys.RANGES,
                    "allow: [10.0.0.0/8]",
                    "Whose requests pass. Others get 403; they do not go on to the next route.");
    static final Key ROUTE_DENY =
            TABLE.add(
                    "routes.<number>.deny",
                    new Shape.Items("addresses", Shapes.RANGE, 1, 100),
                    derived("nobody"),
                    KeyLimits.of("each is an address or a subnet, and not everybody"),
                    "deny: [10.9.0.0/16]",
                    "Whose requests do not pass, also if `allow` has them. They get 403.");
    static final Key ROUTE_CLIENT_CERTIFICATE =
            TABLE.add(
                    "routes.<number>.client_certificate",
                    new Shape.Word(AccessKeys.VERIFY),
                    derived("`tls.clients_verify`"),
                    KeyLimits.of("the site has `tls.clients`"),
                    "client_certificate: required",
                    "Whether a request without a certificate of the client gets 403.");
    static final Key ROUTE_LIMITS =
            TABLE.add(
                    "routes.<number>.limits",
                    Shapes.MAP,
                    NONE,
                    "limits: {requests: 5/60s}",
                    "What one address may take of this route, on each balancer, besides"
                            + " `limits.per_client`.");
    static final Key ROUTE_LIMITS_CONNECTIONS =
            TABLE.add(
                    "routes.<number>.limits.connections",
                    new Shape.Numeric("number", 1, LimitKeys.MOST),
                    derived("no limit"),
                    "connections: 10",
                    "How many of its requests may be under way. More are answered with 429.");
    static final Key ROUTE_LIMITS_REQUESTS =
            TABLE.add(
                    "routes.<number>.limits.requests",
                    LimitKeys.RATE,
                    derived("no limit"),
                    LimitKeys.RATES,
                    "requests: 5/60s",
                    "How many requests it may send in that time. More are answered with 429.");

    private static Key time(String name, String example) {
        return TABLE.add(
                "pools.<name>.timing." + name,
                Shapes.TIME,
                derived("`timing." + name + "`"),
                OF_A_REQUEST,
                name + ": " + example,
                "The same as `timing." + name + "`, for this pool.");
    }

    private PoolKeys() {}
}
