package dev.tandem.importing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Writes the servers of a backend, for HTTP or for connections.
final class Servers {
    /// What a check of Tandem's does in its own way.
    private static final Set<String> OF_CHECKS =
            Set.of(
                    "check",
                    "inter",
                    "fastinter",
                    "downinter",
                    "rise",
                    "fall",
                    "observe",
                    "on-error",
                    "error-limit",
                    "on-marked-down",
                    "on-marked-up",
                    "check-ssl",
                    "check-sni",
                    "check-alpn",
                    "check-proto",
                    "enabled");

    private static final Set<String> OF_NAMES =
            Set.of("resolvers", "resolve-prefer", "resolve-opts", "init-addr");
    private static final Set<String> OF_TLS =
            Set.of(
                    "ssl-min-ver",
                    "no-sslv3",
                    "no-tlsv10",
                    "no-tlsv11",
                    "no-tls-tickets",
                    "force-tlsv12",
                    "ssl-reuse");
    private static final int PLAIN = 80;
    private static final int ENCRYPTED = 443;

    private final Fates ledger;
    private final GivenNames names;

    Servers(Fates ledger, GivenNames names) {
        this.ledger = ledger;
        this.names = names;
    }

    /// Those of a backend; what cannot be read is listed.
    List<ServerLine> of(Proxy proxy) {
        List<Line> defaults = proxy.every("default-server");
        return Stream.concat(proxy.own("server").stream(), proxy.own("server-template").stream())
                .sorted((a, b) -> a.at().compareTo(b.at()))
                .flatMap(line -> {
                    var read = ServerLine.of(line, defaults);
                    if (read.isEmpty()) {
                        ledger.listed(
                                line,
                                line.hasVariable()
                                        ? "where it is depends on a variable of the environment"
                                        : "it leads neither to an address nor to a name");
                    }
                    return read.stream();
                })
                .toList();
    }

    /// Web servers below a key.
    ///
    /// @param to the node `servers`
    /// @param path of that node
    void web(YamlPart to, String path, String owner, List<ServerLine> servers) {
        boolean weighted =
                servers.stream().map(one -> one.option("weight").orElse("1")).distinct().count()
                        > 1;
        for (ServerLine server : servers) {
            String name = names.node(server.name(), owner);
            YamlPart node = to.add(new YamlPart(name, YamlPart.Form.MAP, "")).from(server.line());
            ledger.carried(server.line(), path + "." + name);
            boolean tls = server.has("ssl");
            int port = server.port().orElse(tls ? ENCRYPTED : PLAIN);
            if (server.port().isEmpty()) {
                ledger.listed(
                        server.line(),
                        "it has no port, which means the one of the client; here it is " + port);
            }
            String end = port == (tls ? ENCRYPTED : PLAIN) ? "" : ":" + port;
            node.set("url", '"' + (tls ? "https://" : "http://") + server.host() + end + '"')
                    .from(server.line());
            if (server.count() > 1) {
                node.number("replicas", server.count()).from(server.line());
            }
            if (weighted) {
                weight(node, server);
            }
            connections(node, server);
            if (tls) {
                tls(node, server);
            }
            if (speaksHttp2(server)) {
                node.text("proto", "h2").from(server.line());
            }
            others(server, one -> isCarried(server, one));
        }
    }

    /// The PROXY protocol, which all servers of a key get, or none.
    ///
    /// @param to the node above the servers
    /// @param path of that node
    void proxyProtocol(YamlPart to, String path, List<ServerLine> servers) {
        for (String option : List.of("send-proxy-v2", "send-proxy")) {
            List<Line> with =
                    servers.stream().filter(one -> one.has(option)).map(ServerLine::line).toList();
            if (!with.isEmpty() && with.size() == servers.size()) {
                to.text("proxy_protocol", option.endsWith("v2") ? "v2" : "v1").from(with);
                with.forEach(line -> ledger.carried(line, path + ".proxy_protocol"));
            } else {
                String all = path.startsWith("services.") ? "a service" : "a pool";
                with.forEach(line -> ledger.listed(line, option + " is for all servers of " + all));
            }
        }
    }

    /// Says what has become of a server that another backend has, too.
    void shared(ServerLine server, String path) {
        ledger.carried(server.line(), path);
        others(server, one -> isCarried(server, one));
    }

    /// Over TLS the one that is offered first.
    private static boolean speaksHttp2(ServerLine server) {
        return server.has("ssl")
                ? server.option("alpn").filter(offered -> offered.matches("h2(,.*)?")).isPresent()
                : server.option("proto").filter("h2"::equals).isPresent();
    }

    private static boolean isCarried(ServerLine server, String option) {
        return (speaksHttp2(server) && option.equals(server.has("ssl") ? "alpn" : "proto"))
                || Set.of("weight", "maxconn", "backup", "ssl", "port").contains(option)
                || Set.of("send-proxy", "send-proxy-v2").contains(option)
                || (server.has("ssl")
                        && Set.of("verify", "ca-file", "verifyhost", "sni").contains(option));
    }

    private void weight(YamlPart node, ServerLine server) {
        String weight = server.option("weight").orElse("1");
        if (weight.equals("0")) {
            ledger.listed(
                    server.line(), "weight 0: it gets its share; 'tandem drain' takes it out");
        } else {
            node.text("weight", weight + "%").from(server.line());
        }
    }

    private static void connections(YamlPart node, ServerLine server) {
        server.option("maxconn")
                .filter(most -> most.matches("[1-9]\\d{0,8}"))
                .ifPresent(most -> node.set("max_connections", most).from(server.line()));
        if (server.has("backup")) {
            node.set("backup", "true").from(server.line());
        }
    }

    private void tls(YamlPart node, ServerLine server) {
        if (server.options().getOrDefault("verify", "required").equals("none")) {
            node.text("verify", "none").from(server.line());
        } else {
            server.option("ca-file")
                    .filter(file -> !file.startsWith("@"))
                    .ifPresent(file -> node.text("ca", file).from(server.line()));
        }
        String name =
                server.option("verifyhost")
                        .orElse(
                                server.option("sni")
                                        .filter(sni -> sni.matches("str\\([^)]+\\)"))
                                        .map(sni -> sni.substring(4, sni.length() - 1))
                                        .orElse(""));
        if (!name.isEmpty() && !name.equals(server.host())) {
            node.text("tls_name", name).from(server.line());
        }
        server.option("sni")
                .filter(sni -> !sni.startsWith("str("))
                .ifPresent(sni ->
                        ledger.listed(
                                server.line(),
                                "sni %s: the name is the one of the URL, or tls_name"
                                        .formatted(sni)));
    }

    /// Servers of a TCP service below a key.
    void tcp(YamlPart to, String path, String owner, List<ServerLine> servers, int port) {
        for (ServerLine server : servers) {
            String name = names.node(server.name(), owner);
            YamlPart node = to.add(new YamlPart(name, YamlPart.Form.MAP, "")).from(server.line());
            ledger.carried(server.line(), path + "." + name);
            int at = server.port().orElse(port);
            node.set("url", "\"tcp://" + server.host() + ":" + at + '"').from(server.line());
            connections(node, server);
            if (server.count() > 1) {
                ledger.listed(server.line(), "a service has one server for each entry");
            }
            if (!alike(servers)) {
                weight(node, server);
            }
            if (server.has("ssl")) {
                ledger.listed(server.line(), "ssl: a service hands on what it gets, as it is");
            }
            Set<String> carried =
                    Set.of(
                            "maxconn",
                            "backup",
                            "ssl",
                            "send-proxy",
                            "send-proxy-v2",
                            "port",
                            "weight");
            Set<String> ofTls = Set.of("verify", "ca-file", "verifyhost", "sni", "check-ssl");
            others(
                    server,
                    one ->
                            carried.contains(one)
                                    || ((server.has("ssl") || server.has("check-ssl"))
                                            && ofTls.contains(one)));
        }
    }

    private static boolean alike(List<ServerLine> servers) {
        return servers.stream().map(one -> one.option("weight").orElse("1")).distinct().count() < 2;
    }

    /// Says of each option what has become of it.
    private void others(ServerLine server, Predicate<String> carried) {
        for (String option : server.names()) {
            if (carried.test(option)) {
                continue;
            }
            String value = server.options().getOrDefault(option, "");
            String shown = value.isEmpty() ? option : option + " " + value;
            if (OF_CHECKS.contains(option)) {
                ledger.covered(server.line(), "checks and their times follow from 'failover'");
            } else if (option.equals("cookie")) {
                ledger.covered(server.line(), "a cookie of a balancer names it by its own name");
            } else if (OF_NAMES.contains(option)) {
                ledger.covered(server.line(), "names are looked up again all the time");
            } else if (OF_TLS.contains(option)) {
                ledger.covered(server.line(), "TLS 1.2 and later");
            } else {
                ledger.listed(
                        server.line(),
                        NotYet.of(option)
                                .map(why -> shown + ": " + why)
                                .orElse(WHY.getOrDefault(option, shown + ": no key says this")));
            }
        }
    }

    private static final Map<String, String> WHY =
            Map.of(
                    "disabled", "disabled: it is in rotation; 'tandem drain' takes it out",
                    "crt", "crt: no certificate of ours is shown to web servers",
                    "slowstart", "slowstart: a server that comes back gets its share at once");
}
