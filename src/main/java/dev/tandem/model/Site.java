package dev.tandem.model;

import dev.tandem.model.Server.Scheme;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One site: a virtual IP, the balancers that share it, and the web servers behind them.
///
/// @param name the Compose project; containers are called `name-balancer` and `name-server`
/// @param vip the virtual server that clients use
/// @param network the Docker network on which balancers and web servers meet
/// @param balancers at least one; the first is master, the others take over in this order
/// @param listen the ports of every balancer
/// @param backend how requests are spread over the web servers
/// @param servers at least one
/// @param tls the certificate that clients see
/// @param timing how fast a fault is noticed
/// @param handover what happens to open connections when the VIP moves; see {@link #handsOver()}
/// @param budget what a drill may cost by default
/// @param limits what no part of it may take from the others
public record Site(
        String name,
        Vip vip,
        Network network,
        List<Balancer> balancers,
        Listen listen,
        Backend backend,
        List<Server> servers,
        Tls tls,
        Timing timing,
        Handover handover,
        Optional<Budget> budget,
        Limits limits) {
    public Site {
        balancers = List.copyOf(balancers);
        servers = List.copyOf(servers);
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
                network,
                balancers,
                listen,
                backend,
                servers,
                tls,
                Timing.DEFAULT,
                Handover.ON,
                Optional.empty());
    }

    /// One whose limits are the usual ones.
    public Site(
            String name,
            Vip vip,
            Network network,
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

    /// The pools of web servers: at least one, the first being {@link #defaultPool()}. Today's site
    /// file has a single, unnamed one.
    public List<Pool> pools() {
        return List.of(new Pool(Pool.UNNAMED, servers, backend, Patience.of(timing, servers)));
    }

    /// The pool for all requests that are not meant for another one.
    public Pool defaultPool() {
        return pools().getFirst();
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

    /// The backends that have a web server of this name.
    public List<HaproxyBackend> backendsOf(String server) {
        return backends().stream().filter(backend -> backend.pool().has(server)).toList();
    }

    /// HAProxy's frontends that clients use.
    public List<Frontend> frontends() {
        return List.of(
                new Frontend(Scheme.HTTP, listen.http()),
                new Frontend(Scheme.HTTPS, listen.https()));
    }

    /// Who may ask on the health port, besides the balancers themselves: this host, too, is on both
    /// of the site's subnets.
    public List<AddressRange> healthFrom() {
        return listen.healthFrom()
                .orElseGet(() ->
                        List.of(AddressRange.of(vip.subnet()), AddressRange.of(network.subnet())));
    }

    /// The balancers' own addresses, from which inits ask each listener, and `probe` before a
    /// change goes on: what is limited for clients is not limited for them. The VIP is one: who
    /// asks it from inside of a balancer comes from there, and nobody else can.
    public List<AddressRange> balancerAddresses() {
        return Stream.concat(
                        Stream.of(AddressRange.LOOPBACK, AddressRange.of(vip.address())),
                        balancers.stream()
                                .flatMap(one -> Stream.of(one.lanAddress(), one.address()))
                                .map(AddressRange::of))
                .toList();
    }

    /// The web servers that run in containers of this site.
    public List<Server.Own> ownServers() {
        return servers.stream()
                .flatMap(s -> s instanceof Server.Own own ? Stream.of(own) : Stream.empty())
                .toList();
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
}
