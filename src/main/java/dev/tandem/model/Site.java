package dev.tandem.model;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One site: a virtual IP, the balancers that share it, and the web servers behind them.
///
/// @param name the Compose project; containers are called `name-balancer` and `name-server`
/// @param vip the virtual server that clients use
/// @param network the Docker network on which balancers and web servers meet; empty over several
///   machines, where they meet on the LAN
/// @param machines what it stands on; none: the machine where the engine is
/// @param balancers at least one; the first is master, the others take over in this order
/// @param listen the ports of every balancer
/// @param backend how requests are spread over the web servers of the pool that has no name
/// @param servers those web servers; none: it has TCP services alone; see {@link #allServers()}
/// @param tls the certificate that clients see
/// @param timing how fast a fault is noticed
/// @param handover what happens to open connections when the VIP moves; see {@link #handsOver()}
/// @param budget what a drill may cost by default
/// @param limits what no part of it may take from the others
/// @param frontDoor what a balancer does with requests besides choosing a web server
/// @param tcpServices what it takes and hands on besides HTTP; `services` in the site file
/// @param routing more pools, and which requests go where
public record Site(
        String name,
        Vip vip,
        Optional<Network> network,
        List<Machine> machines,
        List<Balancer> balancers,
        Listen listen,
        Backend backend,
        List<Server> servers,
        Tls tls,
        Timing timing,
        Handover handover,
        Optional<Budget> budget,
        Limits limits,
        FrontDoor frontDoor,
        List<TcpService> tcpServices,
        Routing routing) {
    /// @throws IllegalArgumentException when a node is on none of the machines, or when there is
    ///   both a network and machines
    public Site {
        machines = List.copyOf(machines);
        balancers = List.copyOf(balancers);
        servers = List.copyOf(servers);
        tcpServices = List.copyOf(tcpServices);
        if (machines.isEmpty() == network.isEmpty()) {
            throw new IllegalArgumentException("a site has either a network or machines");
        }
        requirePlaces(machines, balancers, all(servers, routing));
    }

    private static void requirePlaces(
            List<Machine> machines, List<Balancer> balancers, List<Server> servers) {
        Set<String> names = machines.stream().map(Machine::name).collect(Collectors.toSet());
        Stream.concat(
                        balancers.stream().map(Balancer::machine),
                        servers.stream()
                                .flatMap(s ->
                                        s instanceof Server.Own own
                                                ? Stream.of(own.machine())
                                                : Stream.empty()))
                .filter(place -> place.map(at -> !names.contains(at)).orElse(!names.isEmpty()))
                .forEach(place -> {
                    throw new IllegalArgumentException("a node is on none of the machines");
                });
    }

    /// A site with defaults for everything optional.
    public Site(
            String name,
            Vip vip,
            Network network,
            List<Balancer> balancers,
            Listen listen,
            Backend backend,
            List<Server> servers,
            Tls tls) {
        this(
                name,
                vip,
                Optional.of(network),
                balancers,
                listen,
                backend,
                servers,
                tls,
                Timing.DEFAULT,
                Handover.ON,
                Optional.empty());
    }

    /// One with one pool, whose balancers only choose web servers, and hand on HTTP alone.
    public Site(
            String name,
            Vip vip,
            Optional<Network> network,
            List<Machine> machines,
            List<Balancer> balancers,
            Listen listen,
            Backend backend,
            List<Server> servers,
            Tls tls,
            Timing timing,
            Handover handover,
            Optional<Budget> budget,
            Limits limits) {
        this(
                name,
                vip,
                network,
                machines,
                balancers,
                listen,
                backend,
                servers,
                tls,
                timing,
                handover,
                budget,
                limits,
                FrontDoor.PLAIN,
                List.of(),
                Routing.NONE);
    }

    /// One without machines whose limits are the usual ones.
    public Site(
            String name,
            Vip vip,
            Optional<Network> network,
            List<Balancer> balancers,
            Listen listen,
            Backend backend,
            List<Server> servers,
            Tls tls,
            Timing timing,
            Handover handover,
            Optional<Budget> budget) {
        this(
                name,
                vip,
                network,
                List.of(),
                balancers,
                listen,
                backend,
                servers,
                tls,
                timing,
                handover,
                budget,
                Limits.usual(listen.headerSize()));
    }

    /// Whether open connections outlive a move of the VIP: wanted, and possible with this number of
    /// balancers.
    public boolean handsOver() {
        return handover == Handover.ON && balancers.size() == Handover.BALANCERS;
    }

    /// The pools of web servers, the first being {@link #defaultPool()}, which the site file does
    /// not name. None where there are no web servers.
    public List<Pool> pools() {
        return Stream.concat(
                        Stream.of(defaultPool()).filter(_ -> hasWebServers()),
                        routing.pools().stream().map(this::pool))
                .toList();
    }

    /// Whether it has web servers. One that has none takes no HTTP.
    public boolean hasWebServers() {
        return !servers.isEmpty();
    }

    private Pool pool(NamedPool named) {
        return new Pool(
                named.name(),
                named.servers(),
                named.settings(),
                named.timing().patience(timing, named.servers()));
    }

    /// The web servers of all pools, in the order of the file.
    public List<Server> allServers() {
        return all(servers, routing);
    }

    /// The name of the pool that has a web server of this name; empty when none has.
    public Optional<String> poolOf(String server) {
        return pools().stream().filter(pool -> pool.has(server)).map(Pool::name).findFirst();
    }

    /// Whether there are pools that its file names.
    public boolean hasPools() {
        return !routing.pools().isEmpty();
    }

    private static List<Server> all(List<Server> servers, Routing routing) {
        return Stream.concat(
                        servers.stream(),
                        routing.pools().stream().flatMap(pool -> pool.servers().stream()))
                .toList();
    }

    /// The pool for all requests that are not meant for another one.
    public Pool defaultPool() {
        return new Pool(Pool.UNNAMED, servers, backend, Patience.of(timing, servers));
    }

    /// All of HAProxy's backends that have web servers. Code that needs a backend's name takes it
    /// from here, so that no name is spelled out elsewhere.
    public List<HaproxyBackend> backends() {
        return pools().stream().flatMap(pool -> pool.backends().stream()).toList();
    }

    /// Those that check their web servers.
    public List<HaproxyBackend> checkedBackends() {
        return backends().stream().filter(HaproxyBackend::isChecked).toList();
    }

    /// The names of all backends that have a server of this name.
    public List<String> backendsOf(String server) {
        return Stream.concat(
                        backends().stream()
                                .filter(backend -> backend.pool().has(server))
                                .map(HaproxyBackend::name),
                        tcpGroups().stream()
                                .filter(group -> group.has(server))
                                .map(TcpService.Group::name))
                .toList();
    }

    /// The names of all backends whose servers are checked.
    public List<String> namesOfChecked() {
        return Stream.concat(
                        checkedBackends().stream().map(HaproxyBackend::name),
                        tcpGroups().stream().map(TcpService.Group::name))
                .toList();
    }

    /// The servers in each of HAProxy's backends that a server of this name is.
    public List<String> slotsOf(String server) {
        return Stream.concat(
                        allServers().stream()
                                .filter(one -> one.name().equals(server))
                                .flatMap(one -> one.slots().stream()),
                        tcpServers().stream()
                                .map(TcpServer::name)
                                .filter(one -> one.equals(server)))
                .toList();
    }

    /// The groups of servers of all TCP services.
    public List<TcpService.Group> tcpGroups() {
        return tcpServices.stream().flatMap(service -> service.groups().stream()).toList();
    }

    /// The servers of all TCP services.
    public List<TcpServer> tcpServers() {
        return tcpServices.stream().flatMap(service -> service.all().stream()).toList();
    }

    /// What part each server of this name gets, a web server or one of a TCP service: one, or none.
    public List<ServerShare> sharesOf(String server) {
        return Stream.concat(
                        allServers().stream()
                                .filter(one -> one.name().equals(server))
                                .map(Server::share),
                        tcpServers().stream()
                                .filter(one -> one.name().equals(server))
                                .map(TcpServer::share))
                .toList();
    }

    /// The names of all servers that an order can be given to, in the order of the file: web
    /// servers, then those of TCP services.
    public List<String> namesOfServers() {
        return Stream.concat(
                        allServers().stream().map(Server::name),
                        tcpServers().stream().map(TcpServer::name))
                .toList();
    }

    /// The listeners for clients, as the init of a balancer calls them: `http:80`.
    public List<String> listeners() {
        return Stream.concat(
                        frontends().stream()
                                .flatMap(one ->
                                        one.ports().stream().map(port -> one.name() + ":" + port)),
                        tcpServices.stream().map(TcpService::listener))
                .toList();
    }

    /// How long a connection of a TCP service may be silent on both sides.
    public Duration idle(TcpService service) {
        return service.idle().orElse(timing.tunnel());
    }

    /// All virtual IPs: that of `vip.address`, those that go with it, and balancers' own ones.
    public List<Ip4> vips() {
        Stream<Ip4> own = balancers.stream().flatMap(one -> one.vips().stream());
        Stream<Ip4> more = Stream.concat(vip.more().stream(), own);
        return Stream.concat(Stream.of(vip.address()), more).toList();
    }

    /// The balancers that have virtual IPs of their own.
    public List<Balancer> owners() {
        return balancers.stream().filter(one -> !one.vips().isEmpty()).toList();
    }

    /// HAProxy's frontends that clients use.
    public List<Frontend> frontends() {
        return hasWebServers() ? listen.frontends() : List.of();
    }

    /// The subnets in which it has addresses.
    public List<Subnet> subnets() {
        return Stream.concat(Stream.of(vip.subnet()), network.stream().map(Network::subnet))
                .toList();
    }

    /// Who may ask on the health port, besides the balancers themselves: this host, too, is on all
    /// of the site's subnets.
    public List<AddressRange> healthFrom() {
        return listen.healthFrom()
                .orElseGet(() -> subnets().stream().map(AddressRange::of).toList());
    }

    /// The web servers that run in containers of this site.
    public List<Server.Own> ownServers() {
        return allServers().stream()
                .flatMap(s -> s instanceof Server.Own own ? Stream.of(own) : Stream.empty())
                .toList();
    }

    /// Whether it stands on machines that its file names.
    public boolean hasMachines() {
        return !machines.isEmpty();
    }

    /// The balancers on one machine.
    public List<Balancer> balancersOn(String machine) {
        return balancers.stream()
                .filter(one -> one.machine().equals(Optional.of(machine)))
                .toList();
    }

    /// The site's own web servers on one machine.
    public List<Server.Own> ownServersOn(String machine) {
        return ownServers().stream()
                .filter(one -> one.machine().equals(Optional.of(machine)))
                .toList();
    }

    /// The machine of each node that runs in a container, in the order of the file; empty when the
    /// file names no machines.
    public SequencedMap<String, String> places() {
        SequencedMap<String, String> places = new LinkedHashMap<>();
        balancers.forEach(one -> one.machine().ifPresent(at -> places.put(one.name(), at)));
        ownServers().forEach(one -> one.machine().ifPresent(at -> places.put(one.name(), at)));
        return places;
    }

    /// All nodes that run in containers of this site, by Compose service name, in the order of the
    /// file.
    public List<String> services() {
        return Stream.concat(
                        balancers.stream().map(Balancer::name),
                        ownServers().stream().map(Server.Own::name))
                .toList();
    }

    /// The name of a node's container.
    public String container(String node) {
        return name + "-" + node;
    }

    /// The name of the network in the engine that stands for the LAN.
    public String lanNetwork() {
        return name + "_lan";
    }

    /// The names of all of its networks in an engine.
    public List<String> networks() {
        return Stream.concat(Stream.of(lanNetwork()), network.stream().map(Network::name)).toList();
    }
}
