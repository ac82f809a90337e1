package dev.tandem.file;

import static dev.tandem.file.KeyTable.NONE;
import static dev.tandem.file.KeyTable.fixed;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import java.util.List;

/// The keys of what a balancer does with requests and answers, besides choosing a web server.
final class DoorKeys {
    static final KeyTable TABLE = new KeyTable();

    static final Key REDIRECT_HTTP =
            TABLE.add(
                    "redirect_http",
                    new Shape.Word(List.of("on", "off")),
                    fixed("off"),
                    "redirect_http: on",
                    "Whether clients that come over plain HTTP are sent to HTTPS.");

    static final Key ERRORS =
            TABLE.add(
                    "errors",
                    new Shape.Named(PageRules.STATUS, PageRules.STATUSES.size()),
                    NONE,
                    "errors: {\"503\": ./sorry.html}",
                    "Pages for what the balancers themselves answer. What a web server answers"
                            + " stays as it is.");
    static final Key ERROR =
            TABLE.add(
                    "errors.<status>",
                    Shapes.FILE,
                    NONE,
                    PageRules.LIMITS,
                    "503: ./sorry.html",
                    "The page for one status.");

    static final Shape.Word LOG_FORMATS = new Shape.Word(List.of("httplog", "json"));
    static final Key LOG_FORMAT =
            TABLE.add(
                    "log_format",
                    LOG_FORMATS,
                    fixed("httplog"),
                    "log_format: json",
                    "How each request, and each connection of a TCP service, is logged.");

    private static final int MOST_HEADERS = 50;
    static final int MOST_PROXIES = 500;
    static final KeyLimits PROXIES =
            KeyLimits.of("each is an address or a subnet, and not everybody");
    private static final KeyLimits HEADER =
            KeyLimits.of("none of those that a connection needs, or that Tandem sets itself");
    private static final KeyLimits VALUE =
            KeyLimits.of(
                    "`%[src]`: what HAProxy fills in",
                    "`%%` for a percent sign", "at most 1000 characters");

    static final Key HEADERS =
            TABLE.add(
                    "headers",
                    Shapes.MAP,
                    NONE,
                    "headers: {response: {set: {X-Frame-Options: DENY}, remove: [Server]}}",
                    "Headers that the balancers set or remove.");
    static final Key REQUEST =
            TABLE.add(
                    "headers.request",
                    Shapes.MAP,
                    NONE,
                    "request: {set: {X-Real-IP: '%[src]'}}",
                    "In what web servers get.");
    static final Key REQUEST_SET =
            TABLE.add(
                    "headers.request.set",
                    new Shape.Named(Shapes.HEADER, MOST_HEADERS),
                    NONE,
                    HEADER,
                    "set: {X-Real-IP: '%[src]'}",
                    "Headers with their values. Each replaces all of its name.");
    static final Key REQUEST_HEADER =
            TABLE.add(
                    "headers.request.set.<name>",
                    Shapes.HEADER_VALUE,
                    NONE,
                    VALUE,
                    "X-Real-IP: '%[src]'",
                    "The value of one header.");
    static final Key REQUEST_REMOVE =
            TABLE.add(
                    "headers.request.remove",
                    new Shape.Items("headers", Shapes.HEADER, 1, MOST_HEADERS),
                    NONE,
                    HEADER,
                    "remove: [X-Debug]",
                    "Names of headers that web servers do not get.");
    static final Key RESPONSE =
            TABLE.add(
                    "headers.response",
                    Shapes.MAP,
                    NONE,
                    "response: {set: {X-Frame-Options: DENY}}",
                    "In what clients get, also from HAProxy itself.");
    static final Key RESPONSE_SET =
            TABLE.add(
                    "headers.response.set",
                    new Shape.Named(Shapes.HEADER, MOST_HEADERS),
                    NONE,
                    HEADER,
                    "set: {X-Frame-Options: DENY}",
                    "Headers with their values. Each replaces all of its name.");
    static final Key RESPONSE_HEADER =
            TABLE.add(
                    "headers.response.set.<name>",
                    Shapes.HEADER_VALUE,
                    NONE,
                    VALUE,
                    "X-Frame-Options: DENY",
                    "The value of one header.");
    static final Key RESPONSE_REMOVE =
            TABLE.add(
                    "headers.response.remove",
                    new Shape.Items("headers", Shapes.HEADER, 1, MOST_HEADERS),
                    NONE,
                    HEADER,
                    "remove: [Server]",
                    "Names of headers that clients do not get.");

    static final Key TRUSTED_PROXIES =
            TABLE.add(
                    "trusted_proxies",
                    new Shape.Items("addresses", Shapes.RANGE, 1, MOST_PROXIES),
                    NONE,
                    PROXIES,
                    "trusted_proxies: [203.0.113.0/24]",
                    "The proxies before this site, such as a CDN, whose `X-Forwarded-For` is"
                            + " believed.");

    static final Key COMPRESSION =
            TABLE.add(
                    "compression",
                    new Shape.Word(List.of("on", "off")),
                    fixed("off"),
                    "compression: on",
                    "Whether text is compressed for clients that can read it so (gzip).");
    static final Key HTTP3 =
            TABLE.add(
                    "http3",
                    new Shape.Word(List.of("on", "off")),
                    fixed("off"),
                    "http3: on",
                    "Whether clients of the VIP may come over HTTP/3 (UDP) as well. Its connections"
                            + " are not handed over, and a reload may cut the end of an answer.");
    static final Key SYSLOG =
            TABLE.add(
                    "syslog",
                    new Shape.Items("addresses", Shapes.NAMESERVER, 1, 4),
                    NONE,
                    KeyLimits.of("each is an IPv4 address, with a port unless it is 514"),
                    "syslog: [10.0.0.9]",
                    "Where the balancers' log goes over UDP, besides `tandem logs`.");

    private static final KeyLimits LINES =
            KeyLimits.of("none that opens a section, or repeats what is Tandem's to say");

    static final Key HAPROXY =
            TABLE.add(
                    "haproxy",
                    Shapes.MAP,
                    NONE,
                    "haproxy:",
                    "Lines for haproxy.cfg, for what no key says. They come behind Tandem's.");
    static final Key HAPROXY_GLOBAL =
            TABLE.add(
                    "haproxy.global",
                    new Shape.Lines(),
                    NONE,
                    LINES,
                    "global: tune.ssl.cachesize 100000",
                    "For the section `global`.");
    static final Key HAPROXY_HTTP =
            TABLE.add(
                    "haproxy.http",
                    new Shape.Lines(),
                    NONE,
                    LINES,
                    "http: 'http-request deny if { path_beg /internal/ }'",
                    "For the frontend of plain HTTP.");
    static final Key HAPROXY_HTTPS =
            TABLE.add(
                    "haproxy.https",
                    new Shape.Lines(),
                    NONE,
                    LINES,
                    "https: 'http-request deny if { path_beg /internal/ }'",
                    "For the frontend of HTTPS.");
    static final Key HAPROXY_BACKEND =
            TABLE.add(
                    "haproxy.backend",
                    new Shape.Lines(),
                    NONE,
                    LINES,
                    "backend: http-request set-path /app%[path]",
                    "For the backends of the pool `web`, those of the last resort among them.");
    static final Key HAPROXY_POOLS =
            TABLE.add(
                    "haproxy.pool",
                    new Shape.Named(Shapes.NAME, PoolKeys.MOST_POOLS),
                    NONE,
                    "pool: {api: 'hash-type consistent'}",
                    "The same for other pools, by their names.");
    static final Key HAPROXY_POOL =
            TABLE.add(
                    "haproxy.pool.<name>",
                    new Shape.Lines(),
                    NONE,
                    KeyLimits.of(
                            "the name is one of `pools`",
                            "none that opens a section, or repeats what is Tandem's to say"),
                    "api: http-request set-path /app%[path]",
                    "For the backends of one pool, those of its last resort among them.");

    private DoorKeys() {}
}
