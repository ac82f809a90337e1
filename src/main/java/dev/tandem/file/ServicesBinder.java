package dev.tandem.file;

import dev.tandem.file.Fields.Named;
import dev.tandem.file.ServicePart.OfServer;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.model.Backend;
import dev.tandem.model.ProxyProtocol;
import dev.tandem.model.ServerShare;
import dev.tandem.model.TcpCheck;
import dev.tandem.model.TcpCheck.Protocol;
import dev.tandem.model.TcpServer;
import dev.tandem.model.TcpServer.Endpoint;
import dev.tandem.model.TcpService;
import dev.tandem.model.TcpService.ByName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the section `services`.
final class ServicesBinder {
    private static final List<Asked> PROTOCOLS =
            List.of(
                    new Asked(ServiceKeys.CHECK_HTTP, Protocol.HTTP),
                    new Asked(ServiceKeys.CHECK_HTTPS, Protocol.HTTPS),
                    new Asked(ServiceKeys.CHECK_PGSQL, Protocol.PGSQL),
                    new Asked(ServiceKeys.CHECK_MYSQL, Protocol.MYSQL),
                    new Asked(ServiceKeys.CHECK_REDIS, Protocol.REDIS));

    private final Problems problems;

    private ServicesBinder(Problems problems) {
        this.problems = problems;
    }

    /// The key of a check, and the protocol in which it asks.
    private record Asked(Key key, Protocol protocol) {}

    static List<ServicePart> bind(Fields root, Problems problems) {
        ServicesBinder binder = new ServicesBinder(problems);
        return root.has(ServiceKeys.SERVICES)
                ? root
                        .section(ServiceKeys.SERVICES)
                        .named(ServiceKeys.SERVICES, ServiceKeys.SERVICE)
                        .stream()
                        .map(binder::service)
                        .toList()
                : List.of();
    }

    /// Servers as they were read, and those of them that are good.
    private record Read(List<OfServer> parts, List<TcpServer> good) {}

    private ServicePart service(Named named) {
        Fields service = named.fields();
        Optional<Found<Integer>> port = service.requiredNumber(ServiceKeys.LISTEN);
        boolean isByName = service.has(ServiceKeys.BY_NAME);
        TcpCheck check =
                check(service).orElse(isByName ? TcpCheck.of(Protocol.TLS) : TcpCheck.CONNECTION);
        Optional<Backend.Balance> balance =
                service.optional(ServiceKeys.BALANCE, PathRules::balance).map(Found::value);
        Optional<Duration> idle =
                service.optional(ServiceKeys.IDLE, TimeRules::request).map(Found::value);
        Optional<ProxyProtocol> proxyProtocol =
                service.optional(ServiceKeys.PROXY_PROTOCOL, EndpointRules::proxyProtocol)
                        .map(Found::value);
        boolean needsServers = !isByName || service.has(ServiceKeys.SERVERS.all());
        Read all =
                needsServers
                        ? servers(service, ServiceKeys.SERVERS)
                        : new Read(List.of(), List.of());
        List<OfServer> parts = new ArrayList<>(all.parts);
        List<ByName> byName = isByName ? byName(service, parts) : List.of();
        Optional<TcpService> good =
                port.flatMap(found ->
                        balance.map(way ->
                                new TcpService(
                                        named.name().value(),
                                        found.value(),
                                        check,
                                        way,
                                        idle,
                                        proxyProtocol,
                                        all.good,
                                        byName)));
        return new ServicePart(named.name(), port, List.copyOf(parts), good);
    }

    /// @param parts where what was read is added
    private List<ByName> byName(Fields service, List<OfServer> parts) {
        List<ByName> all = new ArrayList<>();
        for (Named named :
                service.section(ServiceKeys.BY_NAME)
                        .named(ServiceKeys.BY_NAME, ServiceKeys.NAMED, NameRules::pattern)) {
            Read read = servers(named.fields(), ServiceKeys.OF_NAME);
            parts.addAll(read.parts);
            all.add(new ByName(named.name().value(), read.good));
        }
        return all;
    }

    private static Read servers(Fields fields, ServiceKeys.Servers keys) {
        List<OfServer> parts = new ArrayList<>();
        List<TcpServer> good = new ArrayList<>();
        List<Named> all =
                fields.requiredSection(keys.all())
                        .map(servers -> servers.named(keys.all(), keys.one()))
                        .orElse(List.of());
        for (Named named : all) {
            Fields server = named.fields();
            Optional<Found<Endpoint>> url = server.required(keys.url(), EndpointRules::url);
            ServerShare share = share(server, keys);
            parts.add(new OfServer(server.path(), fields.path(), named.name(), url));
            url.ifPresent(at -> good.add(new TcpServer(named.name().value(), at.value(), share)));
        }
        return new Read(parts, good);
    }

    private static ServerShare share(Fields server, ServiceKeys.Servers keys) {
        return new ServerShare(
                server.optional(keys.weight(), ServersBinder::weight)
                        .map(Found::value)
                        .orElse(ServerShare.USUAL_WEIGHT),
                server.number(keys.maxConnections()).map(Found::value),
                server.truth(keys.backup()).map(Found::value).orElse(false));
    }

    private Optional<TcpCheck> check(Fields service) {
        if (!service.isMap(ServiceKeys.CHECK)) {
            return service.optional(ServiceKeys.CHECK, EndpointRules::check).map(Found::value);
        }
        Fields check = service.section(ServiceKeys.CHECK);
        List<Asked> given = PROTOCOLS.stream().filter(one -> check.has(one.key())).toList();
        given.stream()
                .skip(1)
                .forEach(one ->
                        problems.add(
                                check.spotOf(one.key()),
                                "%s: '%s' cannot be combined with '%s'"
                                        .formatted(
                                                check.path(),
                                                one.key().name(),
                                                given.getFirst().key().name()),
                                "a server is asked in one protocol: remove one of the two"));
        Protocol protocol = given.isEmpty() ? Protocol.TCP : given.getFirst().protocol();
        Optional<String> host =
                check.optional(ServiceKeys.CHECK_HOST, PathRules::host).map(Found::value);
        if (check.has(ServiceKeys.CHECK_HOST)
                && protocol != Protocol.HTTP
                && protocol != Protocol.HTTPS) {
            problems.add(
                    check.spotOf(ServiceKeys.CHECK_HOST),
                    check.path() + ": 'host' is only for 'http' and 'https'",
                    "remove it");
        }
        Optional<String> asked = given.stream().findFirst().flatMap(one -> asked(check, one.key()));
        return Optional.of(
                new TcpCheck(
                        protocol,
                        asked,
                        host,
                        check.number(ServiceKeys.CHECK_PORT).map(Found::value),
                        check.optional(ServiceKeys.CHECK_EVERY, TimeRules::check)
                                .map(Found::value)));
    }

    private static Optional<String> asked(Fields check, Key key) {
        Rule<String> rule =
                switch (key.name()) {
                    case "http", "https" -> PathRules::check;
                    case "redis" -> EndpointRules::role;
                    default -> EndpointRules::user;
                };
        return check.optional(key, rule).map(Found::value);
    }
}
