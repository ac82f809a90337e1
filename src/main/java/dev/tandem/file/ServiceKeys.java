package dev.tandem.file;

import static dev.tandem.file.KeyTable.NONE;
import static dev.tandem.file.KeyTable.REQUIRED;
import static dev.tandem.file.KeyTable.derived;
import static dev.tandem.file.KeyTable.fixed;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import dev.tandem.model.Backend;
import java.util.Arrays;
import java.util.List;

/// The keys of TCP services: what is handed on without being read.
final class ServiceKeys {
    private static final int MOST = 100;
    private static final int MOST_CONNECTIONS = 100_000;

    /// The checks that a word is enough for.
    static final List<String> CHECKS =
            List.of("tcp", "tls", "pgsql", "mysql", "redis", "smtp", "ldap");

    static final KeyTable TABLE = new KeyTable();

    static final Key SERVICES =
            TABLE.add(
                    "services",
                    new Shape.Named(Shapes.NAME, MOST),
                    NONE,
                    "services: {postgres: {listen: 5432, servers: {db-1: {url:"
                            + " 'tcp://10.0.0.21:5432'}}}}",
                    "TCP services: connections that are handed on without being read.");
    static final Key SERVICE =
            TABLE.add(
                    "services.<name>",
                    Shapes.ENTRY,
                    NONE,
                    KeyLimits.of("not the name of another frontend or backend in haproxy.cfg"),
                    "postgres:",
                    "One service. HAProxy's frontend and backend have its name.");
    static final Key LISTEN =
            TABLE.add(
                    "services.<name>.listen",
                    Shapes.PORT,
                    REQUIRED,
                    KeyLimits.of("used once; not a port of `listen`"),
                    "listen: 5432",
                    "Its TCP port on every balancer, and on the virtual IP.");
    static final Key CHECK =
            TABLE.add(
                    "services.<name>.check",
                    new Shape.TextOrMap(
                            Shapes.text(
                                    "`tcp`, `tls`, `pgsql`, `mysql`, `redis`, `smtp` or `ldap`",
                                    "(" + String.join("|", CHECKS) + ")")),
                    derived("`tcp`; with `by_name`, `tls`"),
                    "check: pgsql",
                    "How the balancers find out whether a server can be used.");
    static final Key CHECK_HTTP =
            check(
                    "http",
                    Shapes.URL_PATH,
                    "http: /primary",
                    "The path that must be answered with 2xx or 3xx, over plain HTTP.");
    static final Key CHECK_HTTPS =
            check(
                    "https",
                    Shapes.URL_PATH,
                    "https: /readyz",
                    "The same over TLS. The certificate is not verified: that is for clients, who"
                            + " see it too.");
    static final Key CHECK_PGSQL =
            check(
                    "pgsql",
                    Shapes.text("user", "[A-Za-z0-9_-]{1,32}"),
                    "pgsql: haproxy",
                    "The user for whom PostgreSQL is asked. No password is sent; where one is"
                            + " needed, the user need not exist.");
    static final Key CHECK_MYSQL =
            check(
                    "mysql",
                    Shapes.text("user", "[A-Za-z0-9_-]{1,32}"),
                    "mysql: haproxy",
                    "The user, without a password, that logs in to MySQL or MariaDB.");
    static final Key CHECK_REDIS =
            check(
                    "redis",
                    new Shape.Word(List.of("master", "slave")),
                    "redis: master",
                    "The role that Redis must have, by its own word.");
    static final Key CHECK_HOST =
            check(
                    "host",
                    Shapes.text("hostname or IPv4 address", "[a-z0-9.-]+"),
                    "host: kube.example.org",
                    "The site that is asked for (`Host`, and SNI over TLS).");
    static final Key CHECK_PORT =
            check(
                    "port",
                    Shapes.PORT,
                    "port: 8008",
                    "The port that is asked, such as that of Patroni beside PostgreSQL.");
    static final Key CHECK_EVERY =
            check("every", Shapes.TIME, "every: 2s", "The time between two checks of a server.");
    static final Key BALANCE =
            TABLE.add(
                    "services.<name>.balance",
                    new Shape.Word(
                            Arrays.stream(Backend.Balance.values())
                                    .map(Backend.Balance::word)
                                    .toList()),
                    fixed("leastconn"),
                    "balance: source",
                    "HAProxy's load-balancing algorithm for its connections.");
    static final Key IDLE =
            TABLE.add(
                    "services.<name>.idle",
                    Shapes.TIME,
                    derived("`timing.tunnel`"),
                    KeyLimits.of("1s to 86400s"),
                    "idle: 28800s",
                    "How long a connection may be silent on both sides.");
    static final Key PROXY_PROTOCOL =
            TABLE.add(
                    "services.<name>.proxy_protocol",
                    new Shape.Word(List.of("v1", "v2")),
                    NONE,
                    KeyLimits.of("every server expects it"),
                    "proxy_protocol: v2",
                    "The PROXY protocol in which servers are told who the client is.");
    static final Servers SERVERS =
            servers(
                    "services.<name>.servers",
                    "Its servers. With `by_name`, those for connections that ask for no name or"
                            + " another one.");
    static final Key BY_NAME =
            TABLE.add(
                    "services.<name>.by_name",
                    new Shape.Named(Shapes.HOSTNAME, MOST),
                    NONE,
                    "by_name: {mx.example.com: {servers: {mx-1: {url: 'tcp://10.0.0.31:465'}}}}",
                    "Servers for what clients ask for in TLS (SNI), which is passed through.");
    static final Key NAMED =
            TABLE.add(
                    "services.<name>.by_name.<name>",
                    Shapes.ENTRY,
                    NONE,
                    KeyLimits.of("lower case", "a leading `*.` stands for one label"),
                    "mx.example.com:",
                    "One name.");
    static final Servers OF_NAME =
            servers("services.<name>.by_name.<name>.servers", "The servers for this name.");

    /// The keys of servers, which are at two places.
    record Servers(Key all, Key one, Key url, Key weight, Key backup, Key maxConnections) {}

    private static Key check(String name, Shape shape, String example, String text) {
        return TABLE.add("services.<name>.check." + name, shape, NONE, limits(name), example, text);
    }

    private static KeyLimits limits(String name) {
        return switch (name) {
            case "http", "https" -> KeyLimits.of(Shapes.URL_PATH_LIMITS, "one protocol alone");
            case "host" -> KeyLimits.of("lower case", "with `http` or `https`");
            case "port" -> KeyLimits.NONE;
            case "every" -> KeyLimits.of("20ms to 300s");
            default -> KeyLimits.of("one protocol alone");
        };
    }

    private static Servers servers(String path, String text) {
        String example = "servers: {db-1: {url: 'tcp://10.0.0.21:5432'}}";
        return new Servers(
                TABLE.add(path, new Shape.Named(Shapes.NAME, MOST), NONE, example, text),
                TABLE.add(
                        path + ".<name>",
                        Shapes.ENTRY,
                        NONE,
                        KeyLimits.of("a name that no other balancer or server has"),
                        "db-1:",
                        "One server, which Tandem neither starts nor stops."),
                TABLE.add(
                        path + ".<name>.url",
                        Shapes.text("URL", "tcp://" + Shapes.HOST + ":[1-9][0-9]{0,4}"),
                        REQUIRED,
                        KeyLimits.of(
                                "`tcp://`, an IPv4 address, an IPv6 address in brackets or a"
                                        + " hostname in lower case, a port",
                                "not a balancer, nothing in `network.subnet`",
                                "used once in a service"),
                        "url: tcp://10.0.0.21:5432",
                        "Where it is."),
                weight(path),
                TABLE.add(
                        path + ".<name>.backup",
                        new Shape.Truth(),
                        fixed("false"),
                        "backup: true",
                        "Whether it gets connections only while no other one can."),
                TABLE.add(
                        path + ".<name>.max_connections",
                        new Shape.Numeric("number", 1, MOST_CONNECTIONS),
                        derived("as many as come"),
                        "max_connections: 100",
                        "How many connections each balancer gives it at most; more wait for"
                                + " 10 s."));
    }

    private static Key weight(String path) {
        return TABLE.add(
                path + ".<name>.weight",
                WebKeys.WEIGHT,
                fixed("100%"),
                KeyLimits.of("a whole number and `%`"),
                "weight: 50%",
                "Its share of the connections, against the other servers.");
    }

    private ServiceKeys() {}
}
