package dev.tandem.importing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes how the servers of a backend are checked.
final class Checks {
    private static final Pattern HOST = Pattern.compile("(?is).*\\bhost:\\s*([^\\s:]+).*");

    /// `^2`, `[23]..`, `(2|3)[0-9][0-9]`: the first digit says all.
    private static final Pattern CLASSES =
            Pattern.compile(
                    "\\^?[(\\[]?([1-5])(?:[|-]?([1-5]))?[)\\]]?(?:\\[0-9]|\\\\d|\\.){0,2}\\*?\\$?");

    private static final String OF_SERVICES = "of a service, 2xx and 3xx are the good answers";
    private static final String OTHER_LINE = "checks of that kind have no key";

    private final Fates ledger;

    Checks(Fates ledger) {
        this.ledger = ledger;
    }

    /// What is asked over HTTP.
    private record Question(String method, String path, String host, Set<Line> from) {}

    /// Of web servers.
    void web(Proxy proxy, YamlPart pool, String path, List<ServerLine> servers) {
        Optional<Question> question = question(proxy);
        if (question.isEmpty()) {
            // There an open port was enough. Here an answer is needed, but not a good one.
            YamlPart check = pool.map("check").remark("was: takes a connection");
            check.set("path", "/");
            check.set("expect", "200-499");
            port(check, ports(servers), servers);
            proxy.every("option", "tcp-check")
                    .forEach(line -> ledger.listed(line, "web servers are asked over HTTP"));
            return;
        }
        Question asked = question.get();
        Set<String> expect = expected(proxy, path + ".check.expect");
        Set<String> ports = ports(servers);
        boolean plain =
                asked.method.equals("GET")
                        && asked.host.isEmpty()
                        && expect.isEmpty()
                        && ports.isEmpty();
        asked.from.forEach(line -> ledger.carried(line, path + ".check"));
        if (plain) {
            pool.text("check", asked.path).from(List.copyOf(asked.from));
            return;
        }
        YamlPart check = pool.map("check").from(List.copyOf(asked.from));
        check.text("path", asked.path).from(List.copyOf(asked.from));
        if (!asked.method.equals("GET")) {
            check.text("method", asked.method).from(List.copyOf(asked.from));
        }
        if (!asked.host.isEmpty()) {
            check.text("host", asked.host).from(List.copyOf(asked.from));
        }
        if (!expect.isEmpty()) {
            check.set("expect", expect(expect)).from(proxy.every("http-check", "expect"));
        }
        port(check, ports, servers);
    }

    private static Set<String> ports(List<ServerLine> servers) {
        Set<String> ports = new LinkedHashSet<>();
        servers.forEach(one -> one.option("port").ifPresent(ports::add));
        return ports;
    }

    private static String expect(Set<String> expect) {
        if (expect.size() > 1) {
            return "[" + String.join(", ", expect) + "]";
        }
        return expect.iterator().next();
    }

    private void port(YamlPart check, Set<String> ports, List<ServerLine> servers) {
        if (ports.size() == 1) {
            check.set("port", ports.iterator().next())
                    .from(servers.stream().map(ServerLine::line).toList());
        } else if (!ports.isEmpty()) {
            servers.forEach(one ->
                    ledger.listed(
                            one.line(), "port: all servers of a pool are checked on one port"));
        }
    }

    /// `option httpchk` and `http-check send`, which add to each other.
    private Optional<Question> question(Proxy proxy) {
        Optional<Line> option = proxy.setting("option", "httpchk");
        if (option.isEmpty()) {
            return Optional.empty();
        }
        Set<Line> from = new LinkedHashSet<>(List.of(option.get()));
        List<String> words = option.get().from(2);
        String method = words.size() > 1 ? words.getFirst() : "OPTIONS";
        String path = words.isEmpty() ? "/" : words.get(words.size() > 1 ? 1 : 0);
        Matcher named = HOST.matcher(String.join(" ", words));
        String host = named.matches() ? named.group(1) : "";
        Optional<Line> send = proxy.setting("http-check", "send");
        if (send.isPresent()) {
            from.add(send.get());
            method = after(send.get(), "meth").orElse(method);
            path = after(send.get(), "uri").or(() -> after(send.get(), "uri-lf")).orElse(path);
            int header = send.get().words().indexOf("hdr");
            if (send.get().word(header + 1).equalsIgnoreCase("host") && header > 0) {
                host = send.get().word(header + 2);
            }
            after(send.get(), "body")
                    .ifPresent(_ -> ledger.listed(send.get(), "a check has no body"));
        }
        return Optional.of(new Question(method, path, host.replaceFirst(":\\d+$", ""), from));
    }

    private static Optional<String> after(Line line, String word) {
        int at = line.words().indexOf(word);
        return at < 0 ? Optional.empty() : Optional.of(line.word(at + 1));
    }

    /// The answers that are good; none when nobody says so.
    private Set<String> expected(Proxy proxy, String key) {
        Set<String> expect = new LinkedHashSet<>();
        for (Line line : proxy.every("http-check", "expect")) {
            List<String> words =
                    line.from(2).stream().filter(word -> !word.startsWith("min-recv")).toList();
            int at = words.indexOf("status");
            Matcher classes = CLASSES.matcher(after(line, "rstatus").orElse("none"));
            if (at == 0 && words.size() > 1) {
                expect.addAll(List.of(words.get(1).split(",", -1)));
                ledger.carried(line, key);
            } else if (classes.matches()) {
                String last = classes.group(2) == null ? classes.group(1) : classes.group(2);
                expect.add(classes.group(1) + "00-" + last + "99");
                ledger.carried(line, key);
            } else {
                ledger.listed(line, "a check looks at the status of the answer, not into it");
            }
        }
        return expect;
    }

    /// Of a TCP service.
    void tcp(Proxy proxy, YamlPart service, String path, List<ServerLine> servers) {
        Set<String> ports = ports(servers);
        Optional<Question> question = question(proxy);
        if (question.isPresent()) {
            Question asked = question.get();
            boolean tls = servers.stream().anyMatch(one -> one.has("check-ssl") || one.has("ssl"));
            YamlPart check = service.map("check").from(List.copyOf(asked.from));
            check.text(tls ? "https" : "http", asked.path).from(List.copyOf(asked.from));
            if (!asked.host.isEmpty()) {
                check.text("host", asked.host).from(List.copyOf(asked.from));
            }
            asked.from.forEach(line -> ledger.carried(line, path + ".check"));
            for (Line line : proxy.every("http-check", "expect")) {
                if (line.begins("http-check", "expect", "status", "200")) {
                    ledger.covered(line, OF_SERVICES);
                } else {
                    ledger.listed(line, OF_SERVICES);
                }
            }
            port(check, ports, servers);
            return;
        }
        byProtocol(proxy, service, path, ports.isEmpty());
        if (!ports.isEmpty()) {
            port(service.map("check"), ports, servers);
        }
    }

    private void byProtocol(Proxy proxy, YamlPart service, String path, boolean alone) {
        for (String option :
                List.of(
                        "pgsql-check",
                        "mysql-check",
                        "redis-check",
                        "smtpchk",
                        "ldap-check",
                        "ssl-hello-chk")) {
            Optional<Line> line = proxy.setting("option", option);
            if (line.isPresent()) {
                ledger.carried(line.get(), path + ".check");
                write(service, line.get(), option.replaceFirst("-check$|chk$", ""), alone);
                return;
            }
        }
        rules(proxy, service, path);
    }

    private static void write(YamlPart service, Line line, String protocol, boolean alone) {
        Optional<String> user = after(line, "user");
        boolean asks = user.isPresent() && List.of("pgsql", "mysql").contains(protocol);
        String word = protocol.equals("ssl-hello-") ? "tls" : protocol;
        if (asks) {
            service.map("check").from(line).text(word, user.get()).from(line);
        } else if (alone) {
            service.text("check", word).from(line);
        }
    }

    /// What is sent and awaited line by line: Redis is known by its words.
    private void rules(Proxy proxy, YamlPart service, String path) {
        List<Line> rules = proxy.every("tcp-check");
        String all = String.join("\n", rules.stream().map(Line::text).toList());
        boolean isRedis = all.contains("PING") && all.contains("PONG");
        boolean isMaster = all.contains("role:master");
        if (isRedis || isMaster) {
            rules.forEach(line -> ledger.carried(line, path + ".check"));
            if (isMaster) {
                service.map("check").from(rules).text("redis", "master").from(rules);
            } else {
                service.text("check", "redis").from(rules);
            }
        } else {
            rules.stream()
                    .filter(line -> !line.word(1).equals("connect") || line.words().size() > 2)
                    .forEach(line -> ledger.listed(line, OTHER_LINE));
        }
        proxy.every("option", "tcp-check").forEach(line -> ledger.carried(line, path + ".check"));
    }
}
