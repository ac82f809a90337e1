package dev.tandem.file;

import static dev.tandem.file.KeyTable.NONE;
import static dev.tandem.file.KeyTable.REQUIRED;
import static dev.tandem.file.KeyTable.derived;
import static dev.tandem.file.KeyTable.fixed;
import static dev.tandem.file.KeyTable.unless;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import dev.tandem.model.Backend;
import java.util.Arrays;
import java.util.List;

/// The keys of what answers requests: the web servers, how requests are spread over them, the
/// certificate.
final class WebKeys {
    static final int MOST_SERVERS = 1000;
    private static final int MOST_REPLICAS = 100;
    private static final int MOST_CERTIFICATES = 200;

    /// The methods of RFC 9110 and RFC 5789 that change something; GET and HEAD need not be listed.
    static final Shape.Word METHODS =
            new Shape.Word(List.of("PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "POST"));

    static final Shape.Word REUSES =
            new Shape.Word(
                    Arrays.stream(Backend.HttpReuse.values())
                            .map(Backend.HttpReuse::word)
                            .toList());

    static final Shape.Word CHECK_METHODS =
            new Shape.Word(List.of("GET", "HEAD", "OPTIONS", "POST"));

    static final Shape WEIGHT = Shapes.text("percentage, 1% to 256%", "[1-9][0-9]{0,2}%");

    static final KeyTable TABLE = new KeyTable();
    static final Key BACKEND =
            TABLE.add(
                    "backend",
                    Shapes.MAP,
                    NONE,
                    "backend:",
                    "How requests are spread over the web servers.");
    static final Key BACKEND_BALANCE =
            TABLE.add(
                    "backend.balance",
                    new Shape.Word(
                            Arrays.stream(Backend.Balance.values())
                                    .map(Backend.Balance::word)
                                    .toList()),
                    fixed("roundrobin"),
                    "balance: leastconn",
                    "HAProxy's load-balancing algorithm.");
    static final Key BACKEND_RETRIES =
            TABLE.add(
                    "backend.retries",
                    new Shape.Numeric("number", 0, 10),
                    fixed("2"),
                    "retries: 2",
                    "How many times a failed connection is tried again.");
    static final Key BACKEND_CHECK =
            TABLE.add(
                    "backend.check",
                    new Shape.TextOrMap(Shapes.URL_PATH),
                    fixed("/"),
                    KeyLimits.of(Shapes.URL_PATH_LIMITS),
                    "check: /health",
                    "The path that a web server must answer to be in rotation.");
    static final Key BACKEND_CHECK_PATH =
            TABLE.add(
                    "backend.check.path",
                    Shapes.URL_PATH,
                    fixed("/"),
                    KeyLimits.of("as of `backend.check`"),
                    "path: /health",
                    "The same, where `check` is a map.");
    static final Key BACKEND_CHECK_HOST =
            TABLE.add(
                    "backend.check.host",
                    Shapes.text("hostname or IPv4 address", "[a-z0-9.-]+"),
                    derived(
                            "the first name in `tls.names` or in your own certificate, or else"
                                    + " `vip.address`"),
                    KeyLimits.of("lower case", "no `*`"),
                    "host: www.example.org",
                    "The site that is asked for (`Host`), of a web server that has several.");
    static final Key BACKEND_CHECK_EXPECT =
            TABLE.add(
                    "backend.check.expect",
                    new Shape.OneOrMore(
                            "status of HTTP, or from one to another",
                            Shapes.text("status", "[1-5][0-9]{2}(-[1-5][0-9]{2})?"),
                            20),
                    fixed("200-399"),
                    "expect: [200, 401]",
                    "The answers that are good.");
    static final Key BACKEND_CHECK_PORT =
            TABLE.add(
                    "backend.check.port",
                    Shapes.PORT,
                    derived("where requests go, over the same scheme"),
                    KeyLimits.of("every web server has a `url`"),
                    "port: 8081",
                    "Another port of the web servers, which is asked over plain HTTP.");
    static final Key BACKEND_CHECK_METHOD =
            TABLE.add(
                    "backend.check.method",
                    CHECK_METHODS,
                    fixed("GET"),
                    "method: HEAD",
                    "The method of the question.");
    static final Key BACKEND_RETRY_METHODS =
            TABLE.add(
                    "backend.retry_methods",
                    new Shape.Items("HTTP methods", METHODS, 0, 10),
                    NONE,
                    KeyLimits.of("each is " + METHODS.words()),
                    "retry_methods: [PUT, DELETE]",
                    "Methods besides GET and HEAD whose requests may be sent twice.");
    static final Key BACKEND_RETRY_BUDGET =
            TABLE.add(
                    "backend.retry_budget",
                    Shapes.text("percentage, 0% to 100%", "([0-9]|[1-9][0-9]|100)%"),
                    fixed("20%"),
                    KeyLimits.of("a whole number and `%`"),
                    "retry_budget: 20%",
                    "How many retries may fail within 10 s, in percent of the requests.");
    static final Key BACKEND_OUTLIER_DETECTION =
            TABLE.add(
                    "backend.outlier_detection",
                    new Shape.Word(List.of("on", "off")),
                    fixed("on"),
                    "outlier_detection: off",
                    "Whether a web server that passes its check and fails many more requests than"
                            + " the others leaves rotation for a while.");

    static final Key BACKEND_HTTP_REUSE =
            TABLE.add(
                    "backend.http_reuse",
                    REUSES,
                    fixed("safe"),
                    "http_reuse: always",
                    "Which requests may use a connection to a web server that was used before.");

    static final Shape.Word STICKINGS =
            new Shape.Word(
                    Arrays.stream(Backend.Sticky.values()).map(Backend.Sticky::word).toList());
    static final Key BACKEND_STICKY =
            TABLE.add(
                    "backend.sticky",
                    STICKINGS,
                    fixed("none"),
                    KeyLimits.of(
                            "`source`: no `balance` but `source`",
                            "`cookie`: no web server with several `replicas`"),
                    "sticky: cookie",
                    "Whether a client stays with the web server that it had: by a cookie, or by its"
                            + " address.");

    static final Key BACKEND_MAINTENANCE =
            TABLE.add(
                    "backend.maintenance",
                    Shapes.FILE,
                    derived("what HAProxy says, or the page of `errors.503`"),
                    PageRules.LIMITS,
                    "maintenance: ./maintenance.html",
                    "The page, with status 503, while all of its web servers are out of service by"
                            + " `tandem maintenance`.");

    static final Key BACKEND_PROXY_PROTOCOL =
            TABLE.add(
                    "backend.proxy_protocol",
                    new Shape.Word(List.of("v1", "v2")),
                    NONE,
                    KeyLimits.of("every web server has a `url`, and expects it"),
                    "proxy_protocol: v2",
                    "The PROXY protocol in which web servers are told who the client is.");

    static final Key BACKEND_NAMESERVERS =
            TABLE.add(
                    "backend.nameservers",
                    new Shape.Items("DNS servers", Shapes.NAMESERVER, 1, 8),
                    derived("those of the balancer's `/etc/resolv.conf`"),
                    KeyLimits.of("each is an IPv4 address, with a port unless it is 53"),
                    "nameservers: [10.0.0.53, 10.0.0.54:8600]",
                    "Who is asked where web servers with a hostname are.");

    static final Key SERVERS =
            TABLE.add(
                    "servers",
                    new Shape.Named(Shapes.NAME, MOST_SERVERS),
                    unless("services"),
                    "servers: {web-a: , web-b: }",
                    "The web servers. Without any, the site has TCP services alone.");
    static final Key SERVER =
            TABLE.add(
                    "servers.<name>",
                    Shapes.ENTRY,
                    NONE,
                    KeyLimits.of("a name that no other balancer or server has", "not `lan-route`"),
                    "web-a:",
                    "One web server: an Nginx that Tandem runs or, with `url`, an existing"
                            + " server.");
    static final Key SERVER_CONTENT =
            TABLE.add(
                    "servers.<name>.content",
                    Shapes.DIRECTORY,
                    derived("a page that says which server answered"),
                    KeyLimits.of(
                                    "the directory exists",
                                    "no site of Tandem's is in it or below",
                                    "with `machines`, an absolute path: it is on that machine")
                            .apart("url"),
                    "content: ./my-site",
                    "What Tandem's Nginx serves.");
    static final Key SERVER_ADDRESS =
            TABLE.add(
                    "servers.<name>.address",
                    Shapes.ADDRESS,
                    derived(
                            "the next free one in `network.subnet`, from .2 on; with `machines`,"
                                    + " in `vip.subnet`, from 11 after `vip.address` on"),
                    KeyLimits.of(
                                    "a host's address in `network.subnet`, but not the first; with"
                                            + " `machines`, in `vip.subnet`",
                                    "used once")
                            .apart("url"),
                    "address: 172.20.0.2",
                    "The address of Tandem's Nginx on the network or, with `machines`, on the"
                            + " LAN.");
    static final Key SERVER_MACHINE =
            TABLE.add(
                    "servers.<name>.machine",
                    Shapes.NAME,
                    derived("dealt: the machine with the fewest web servers, in turn"),
                    KeyLimits.of("one of `machines`").apart("url"),
                    "machine: m1",
                    "The machine that Tandem's Nginx runs on.");
    static final Key SERVER_URL =
            TABLE.add(
                    "servers.<name>.url",
                    Shapes.URL,
                    NONE,
                    KeyLimits.of(
                            "`http://` or `https://`, an IPv4 address, an IPv6 address in"
                                    + " brackets or a hostname in lower case, and a port unless"
                                    + " it is 80 or 443",
                            "no path, no user name",
                            "not a balancer, nothing in `network.subnet`",
                            "used once"),
                    "url: http://10.0.0.7:8080",
                    "An existing web server. Tandem neither starts nor stops it.");
    static final Key SERVER_CA =
            TABLE.add(
                    "servers.<name>.ca",
                    Shapes.PEM,
                    derived("the CAs that the balancer's system trusts"),
                    KeyLimits.of("the `url` begins with `https`", "at least one certificate")
                            .together("url"),
                    "ca: ./company-ca.pem",
                    "The CA certificates that the server's own certificate is verified with.");

    static final Key SERVER_TLS_NAME =
            TABLE.add(
                    "servers.<name>.tls_name",
                    Shapes.text("hostname", "[a-z0-9.-]+"),
                    derived("the hostname in `url`"),
                    KeyLimits.of("the `url` begins with `https`", "lower case", "no `*`")
                            .together("url"),
                    "tls_name: shop.example.org",
                    "The name that the server's certificate must be for, and that it is asked for"
                            + " (SNI).");
    static final Key SERVER_VERIFY =
            TABLE.add(
                    "servers.<name>.verify",
                    new Shape.Word(List.of("required", "none")),
                    fixed("required"),
                    KeyLimits.of("the `url` begins with `https`").together("url"),
                    "verify: none",
                    "Whether the server's certificate is verified. With `none` anybody on the way"
                            + " can answer in its place.");

    static final Key SERVER_REPLICAS =
            TABLE.add(
                    "servers.<name>.replicas",
                    new Shape.Numeric("number", 1, MOST_REPLICAS),
                    fixed("1"),
                    KeyLimits.of("more than 1: the `url` has a hostname").together("url"),
                    "replicas: 6",
                    "How many addresses of its hostname get requests. DNS says which, and is asked"
                            + " again all the time.");
    static final Key SERVER_PROTO =
            TABLE.add(
                    "servers.<name>.proto",
                    new Shape.Word(List.of("h1", "h2")),
                    fixed("h1"),
                    KeyLimits.of("with `https` offered by ALPN").together("url"),
                    "proto: h2",
                    "What balancers speak to it: HTTP/1.1, or HTTP/2, which gRPC needs.");
    static final Key SERVER_WEIGHT =
            TABLE.add(
                    "servers.<name>.weight",
                    WEIGHT,
                    fixed("100%"),
                    KeyLimits.of("a whole number and `%`"),
                    "weight: 50%",
                    "Its share of the requests, against the other web servers of its pool.");
    static final Key SERVER_MAX_CONNECTIONS =
            TABLE.add(
                    "servers.<name>.max_connections",
                    new Shape.Numeric("number", 1, 1_000_000),
                    derived("no limit"),
                    "max_connections: 200",
                    "How many requests each balancer has open at it at most, those of HTTP and"
                            + " those of HTTPS each for themselves. What is more waits up to 5 s.");
    static final Key SERVER_BACKUP =
            TABLE.add(
                    "servers.<name>.backup",
                    new Shape.Truth(),
                    fixed("false"),
                    "backup: true",
                    "Whether it gets requests only while no other web server of its pool is in"
                            + " rotation.");

    static final Key TLS =
            TABLE.add("tls", Shapes.MAP, NONE, "tls:", "The certificate that clients see.");
    static final Key TLS_NAMES =
            TABLE.add(
                    "tls.names",
                    new Shape.Items("hostnames", Shapes.HOSTNAME, 0, 100),
                    NONE,
                    KeyLimits.of("lower case", "a leading `*.` stands for one label")
                            .apart("certificate"),
                    "names: [www.example.org]",
                    "Hostnames for the certificate that Tandem makes, besides the addresses.");
    static final Key TLS_CERTIFICATE =
            TABLE.add(
                    "tls.certificate",
                    Shapes.PEM,
                    derived("one from the site's own CA"),
                    KeyLimits.of("every certificate in it can be read").together("key"),
                    "certificate: ./example.org.pem",
                    "Your own certificate, followed by its intermediates.");
    static final Key TLS_KEY =
            TABLE.add(
                    "tls.key",
                    Shapes.PEM,
                    derived("made together with the certificate"),
                    KeyLimits.of(
                                    "one unencrypted key: PKCS#8, PKCS#1 (RSA) or SEC1 (EC)",
                                    "it belongs to `certificate`")
                            .together("certificate"),
                    "key: ./example.org.key",
                    "The private key of the certificate, without a passphrase.");
    static final Key TLS_HSTS =
            TABLE.add(
                    "tls.hsts",
                    Shapes.AGE,
                    derived("browsers are not told"),
                    KeyLimits.of("up to 10y", "`0s` takes it back"),
                    "hsts: 1y",
                    "How long a browser that was here asks over HTTPS alone.");

    static final Key TLS_CERTIFICATES =
            TABLE.add(
                    "tls.certificates",
                    new Shape.Named(Shapes.NAME, MOST_CERTIFICATES),
                    NONE,
                    "certificates: {shop: {certificate: ./shop.pem, key: ./shop.key}}",
                    "More certificates. A client that asks for one of their names (SNI) sees that"
                            + " one, all others the one above.");
    static final Key TLS_NAMED =
            TABLE.add(
                    "tls.certificates.<name>",
                    Shapes.ENTRY,
                    NONE,
                    "shop: {certificate: ./shop.pem, key: ./shop.key}",
                    "One of them.");
    static final Key TLS_NAMED_CERTIFICATE =
            TABLE.add(
                    "tls.certificates.<name>.certificate",
                    Shapes.PEM,
                    REQUIRED,
                    KeyLimits.of("as of `tls.certificate`"),
                    "certificate: ./shop.pem",
                    "The certificate, followed by its intermediates.");
    static final Key TLS_NAMED_KEY =
            TABLE.add(
                    "tls.certificates.<name>.key",
                    Shapes.PEM,
                    REQUIRED,
                    KeyLimits.of("as of `tls.key`"),
                    "key: ./shop.key",
                    "Its private key, without a passphrase.");

    private WebKeys() {}
}
