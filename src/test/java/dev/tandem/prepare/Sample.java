package dev.tandem.prepare;

import dev.tandem.docker.Container;
import dev.tandem.docker.DockerNetwork;
import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Backend;
import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.LanInterface;
import dev.tandem.model.Listen;
import dev.tandem.model.Network;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Subnet;
import dev.tandem.model.TcpCheck;
import dev.tandem.model.TcpServer;
import dev.tandem.model.TcpService;
import dev.tandem.model.Tls;
import dev.tandem.model.Vip;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.HostFacts;
import dev.tandem.observe.HostFacts.Address;
import dev.tandem.observe.HostFacts.Interface;
import dev.tandem.observe.HostFacts.Kind;
import dev.tandem.observe.Loaded;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Standing;
import dev.tandem.observe.Vrrp;
import dev.tandem.render.Rendering;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The customer's site and a machine for it, in parts that a test can combine.
public final class Sample {
    /// Where the site is rendered, as Compose records it.
    public static final String DIRECTORY = "/srv/.tandem/tandem";

    public static final String MAC_A = "02:42:c0:a8:00:97";
    public static final String MAC_B = "02:42:c0:a8:00:98";

    private Sample() {}

    public static Site site() {
        return site(new LanInterface.Auto());
    }

    public static Site site(LanInterface lanInterface) {
        return site("192.168.0.150", lanInterface);
    }

    public static Site site(String vip, LanInterface lanInterface) {
        return new Site(
                "tandem",
                new Vip(
                        Ip4.of(vip),
                        Subnet.of("192.168.0.0/24"),
                        lanInterface,
                        Optional.empty(),
                        150),
                new Network("vtnet", Subnet.of("172.20.0.0/24")),
                List.of(
                        balancer("haproxy-a", "172.20.0.50", "192.168.0.151"),
                        balancer("haproxy-b", "172.20.0.60", "192.168.0.152")),
                new Listen(80, 443, 8404),
                new Backend(Backend.Balance.ROUNDROBIN, 2, "/"),
                List.of(own("web-a", "172.20.0.2"), own("web-b", "172.20.0.3")),
                new Tls(List.of(), Optional.empty()));
    }

    /// The usual site with further virtual IPs.
    public static Site withMoreVips(String... addresses) {
        Site one = site();
        return new Site(
                one.name(),
                new Vip(
                        one.vip().address(),
                        Arrays.stream(addresses).map(Ip4::of).toList(),
                        one.vip().subnet(),
                        one.vip().lanInterface(),
                        one.vip().gateway(),
                        one.vip().routerId(),
                        one.vip().returns()),
                one.network().orElseThrow(),
                one.balancers(),
                one.listen(),
                one.backend(),
                one.servers(),
                one.tls());
    }

    /// A balancer with virtual IPs of its own.
    public static Balancer withVips(Balancer old, String... addresses) {
        return new Balancer(
                old.name(),
                old.hostname(),
                old.address(),
                old.lanAddress(),
                old.machine(),
                Stream.of(addresses).map(Ip4::of).toList());
    }

    /// The usual site, whose second balancer has a virtual IP of its own.
    public static Site withVipOfSecond(String address) {
        Site one = site();
        Balancer second = withVips(one.balancers().get(1), address);
        return new Site(
                one.name(),
                one.vip(),
                one.network().orElseThrow(),
                List.of(one.balancers().getFirst(), second),
                one.listen(),
                one.backend(),
                one.servers(),
                one.tls());
    }

    /// The same over two machines.
    public static Site spread() {
        String file =
                """
                vip: {address: 192.168.0.150, interface: ens33}
                machines: {m1: {ssh: root@192.168.0.11}, m2: {ssh: root@192.168.0.12}}
                balancers: {haproxy-a: , haproxy-b: }
                servers: {web-a: , web-b: }
                """;
        return read(file);
    }

    /// The site of a file in which nothing is wrong.
    public static Site read(String file) {
        byte[] content = file.getBytes(StandardCharsets.UTF_8);
        return ((Reading.Good) SiteReader.read("tandem.yaml", content, new FakeSurroundings()))
                .site();
    }

    /// A copy with other web servers.
    public static Site serving(Site site, List<Server> servers) {
        return new Site(
                site.name(),
                site.vip(),
                site.network(),
                site.balancers(),
                site.listen(),
                site.backend(),
                servers,
                site.tls(),
                site.timing(),
                site.handover(),
                site.budget());
    }

    /// A copy with another certificate.
    public static Site certified(Site site, Tls tls) {
        return new Site(
                site.name(),
                site.vip(),
                site.network(),
                site.balancers(),
                site.listen(),
                site.backend(),
                site.servers(),
                tls,
                site.timing(),
                site.handover(),
                site.budget());
    }

    /// A copy with TCP services.
    public static Site offering(Site site, TcpService... services) {
        return new Site(
                site.name(),
                site.vip(),
                site.network(),
                site.machines(),
                site.balancers(),
                site.listen(),
                site.backend(),
                site.servers(),
                site.tls(),
                site.timing(),
                site.handover(),
                site.budget(),
                site.limits(),
                site.frontDoor(),
                List.of(services),
                site.routing());
    }

    /// A TCP service with two servers, db-1 and db-2, which is its backup.
    public static TcpService service(String name, int port, TcpCheck check) {
        return new TcpService(
                name,
                port,
                check,
                Backend.Balance.LEASTCONN,
                Optional.empty(),
                Optional.empty(),
                List.of(database("db-1", "10.0.0.21", false), database("db-2", "10.0.0.22", true)),
                List.of());
    }

    private static TcpServer database(String name, String host, boolean backup) {
        return new TcpServer(name, new TcpServer.Endpoint(host, 5432), backup, Optional.empty());
    }

    private static Balancer balancer(String name, String address, String lanAddress) {
        return new Balancer(name, name, Ip4.of(address), Ip4.of(lanAddress));
    }

    public static Server own(String name, String address) {
        return new Server.Own(name, Ip4.of(address), Optional.empty());
    }

    /// Services with stamps, and one file: `haproxy-a/haproxy.cfg` and so on are "cfg of NAME".
    public static Rendering wanted(String... servicesAndStamps) {
        TreeMap<String, String> services = new TreeMap<>();
        TreeMap<String, String> files = new TreeMap<>();
        for (int i = 0; i < servicesAndStamps.length; i += 2) {
            String service = servicesAndStamps[i];
            services.put(service, servicesAndStamps[i + 1]);
            files.put(service + "/haproxy.cfg", "cfg of " + service + "\n");
        }
        return new Rendering(files, services);
    }

    /// A container of the site.
    public static Container container(String service, String state, String stamp) {
        return new Container(
                "tandem-" + service,
                service,
                state,
                "",
                "tandem/web:1",
                "tandem",
                DIRECTORY,
                "web",
                stamp);
    }

    public static Snapshot seen(Container... containers) {
        Map<String, Container> byService = new LinkedHashMap<>();
        Arrays.stream(containers).forEach(c -> byService.put(c.service(), c));
        return new Snapshot(byService, Map.of());
    }

    /// All four nodes are running, haproxy-a is master, and every balancer sees every server.
    public static Snapshot healthy() {
        Map<String, Container> containers = new LinkedHashMap<>();
        Stream.of("haproxy-a", "haproxy-b", "web-a", "web-b")
                .forEach(service -> containers.put(service, container(service, "running", "1")));
        return new Snapshot(containers, Map.of("haproxy-a", master(), "haproxy-b", backup()));
    }

    public static Answered master() {
        return new Answered(
                Vrrp.MASTER,
                "",
                true,
                true,
                MAC_A,
                List.of(),
                Loaded.UNKNOWN,
                Standing.UNKNOWN,
                allUp());
    }

    public static Answered backup() {
        return new Answered(
                Vrrp.BACKUP,
                "",
                true,
                false,
                MAC_B,
                List.of(MAC_A),
                Loaded.UNKNOWN,
                Standing.UNKNOWN,
                allUp());
    }

    public static List<ServerSeen> allUp() {
        return Stream.of("web", "web-tls")
                .flatMap(backend ->
                        Stream.of("web-a", "web-b")
                                .map(name -> new ServerSeen(backend, name, "UP", "L7OK 200")))
                .toList();
    }

    /// A copy of the answer with other servers.
    public static Answered seeing(Answered one, UnaryOperator<ServerSeen> change) {
        return seeing(one, one.servers().stream().map(change).toList());
    }

    /// A copy of the answer with these servers.
    public static Answered seeing(Answered one, List<ServerSeen> servers) {
        return new Answered(
                one.vrrp(),
                one.since(),
                one.serving(),
                one.holdsVip(),
                one.mac(),
                one.arp(),
                one.loaded(),
                one.standing(),
                servers);
    }

    /// A copy of the answer that stands otherwise.
    public static Answered standing(Answered one, Standing standing) {
        return new Answered(
                one.vrrp(),
                one.since(),
                one.serving(),
                one.holdsVip(),
                one.mac(),
                one.arp(),
                one.loaded(),
                standing,
                one.servers());
    }

    static HostFacts host(Interface... interfaces) {
        return new HostFacts(List.of(interfaces), List.of(), List.of());
    }

    static HostFacts host(List<DockerNetwork> networks, Interface... interfaces) {
        return new HostFacts(List.of(interfaces), List.of(), networks);
    }

    /// An interface with addresses such as `192.168.0.17/24`.
    static Interface device(String name, Kind kind, String... addresses) {
        return new Interface(name, Stream.of(addresses).map(Sample::address).toList(), kind);
    }

    private static Address address(String text) {
        Ip4 address = Ip4.of(text.substring(0, text.indexOf('/')));
        return new Address(address, Subnet.parse(text));
    }

    /// The loopback, and a wired interface with an address in the site's LAN.
    static Interface[] wired() {
        return new Interface[] {
            device("lo", Kind.NO_LINK_LAYER, "127.0.0.1/8"),
            device("ens33", Kind.ETHERNET, "192.168.0.17/24")
        };
    }

    static DockerNetwork network(String name, String subnet) {
        return network(name, subnet, "");
    }

    static DockerNetwork network(String name, String subnet, String project) {
        return new DockerNetwork(name, "bridge", List.of(Subnet.of(subnet)), "", project);
    }
}
