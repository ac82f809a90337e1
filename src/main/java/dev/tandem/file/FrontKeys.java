package dev.tandem.file;

import static dev.tandem.file.KeyTable.NONE;
import static dev.tandem.file.KeyTable.REQUIRED;
import static dev.tandem.file.KeyTable.derived;
import static dev.tandem.file.KeyTable.fixed;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import dev.tandem.model.Balancer;
import dev.tandem.model.Vip;
import java.util.List;

/// The keys of what clients meet first: the virtual IP, the networks, the balancers, their ports.
final class FrontKeys {
    private static final int MOST_BALANCERS = 16;

    private static final int MOST_MACHINES = 32;
    private static final Shape INTERFACE =
            Shapes.text("interface name or `auto`", "[A-Za-z0-9][A-Za-z0-9._-]{0,14}");
    private static final String INTERFACE_LIMITS =
            "at most 15 characters: letters, digits, `.`, `_`, `-`";

    static final KeyTable TABLE = new KeyTable();

    static final Key SITE =
            TABLE.add(
                    "site",
                    Shapes.NAME,
                    fixed("tandem"),
                    "site: shop",
                    "The name of the Compose project. Its containers are called `<site>-<node>`.");

    static final Key VIP =
            TABLE.add(
                    "vip",
                    Shapes.MAP,
                    REQUIRED,
                    "vip: {address: 192.168.0.150}",
                    "The virtual server: the one address that clients use.");
    static final Key VIP_ADDRESS =
            TABLE.add(
                    "vip.address",
                    Shapes.ADDRESS,
                    REQUIRED,
                    KeyLimits.of(
                            "a host's address in `vip.subnet`",
                            "not the address of a node or of the gateway"),
                    "address: 192.168.0.150",
                    "The virtual IP.");
    static final Key VIP_SUBNET =
            TABLE.add(
                    "vip.subnet",
                    Shapes.SUBNET,
                    derived("the /24 around `vip.address`"),
                    KeyLimits.of("must not overlap `network.subnet`"),
                    "subnet: 192.168.0.0/24",
                    "The LAN that the virtual IP belongs to.");
    static final Key VIP_INTERFACE =
            TABLE.add(
                    "vip.interface",
                    INTERFACE,
                    fixed("auto"),
                    KeyLimits.of(INTERFACE_LIMITS),
                    "interface: ens33",
                    "The host's network interface on that LAN.");
    static final Key VIP_GATEWAY =
            TABLE.add(
                    "vip.gateway",
                    Shapes.ADDRESS,
                    derived("the host's default gateway, if it is in `vip.subnet`"),
                    KeyLimits.of(
                            "a host's address in `vip.subnet`",
                            "neither the virtual IP nor the address of a node"),
                    "gateway: 192.168.0.1",
                    "The LAN's router.");
    static final Key VIP_ROUTER_ID =
            TABLE.add(
                    "vip.router_id",
                    new Shape.Numeric("number", 1, 255),
                    derived("the last octet of `vip.address`, or 51 if that is 0"),
                    "router_id: 51",
                    "The VRRP virtual router id. It must be unique on the LAN.");
    static final Key VIP_RETURN =
            TABLE.add(
                    "vip.return",
                    new Shape.Word(List.of("always", "never")),
                    fixed("always"),
                    "return: never",
                    "Whether the VIP goes back when the first balancer can serve again.");
    static final Key VIP_MORE =
            TABLE.add(
                    "vip.more",
                    new Shape.Items("addresses", Shapes.ADDRESS, 0, Vip.MOST_MORE),
                    NONE,
                    KeyLimits.of(
                            "hosts' addresses in `vip.subnet`",
                            "each once, and not the address of a node or of the gateway"),
                    "more: [192.168.0.160]",
                    "Further virtual IPs: every listener answers on them, and they are always where"
                            + " `vip.address` is.");

    static final Key NETWORK =
            TABLE.add(
                    "network",
                    Shapes.MAP,
                    NONE,
                    "network:",
                    "The Docker network that connects the balancers and the web servers.");
    static final Key NETWORK_NAME =
            TABLE.add(
                    "network.name",
                    Shapes.NAME,
                    fixed("vtnet"),
                    KeyLimits.of("not `bridge`, `default`, `host`, `lan` or `none`"),
                    "name: vtnet",
                    "Its name in Compose.");
    static final Key NETWORK_SUBNET =
            TABLE.add(
                    "network.subnet",
                    Shapes.SUBNET,
                    fixed("172.20.0.0/24"),
                    KeyLimits.of("must not overlap `vip.subnet`"),
                    "subnet: 172.20.0.0/24",
                    "Its addresses. The host has the first one.");

    static final Key MACHINES =
            TABLE.add(
                    "machines",
                    new Shape.Named(Shapes.NAME, MOST_MACHINES),
                    derived("the machine where the engine is, alone"),
                    KeyLimits.of("each holds a balancer or a server").apart("network"),
                    "machines: {m1: here, m2: {ssh: root@192.168.0.12}}",
                    "The machines that the site stands on, each with an engine of its own.");
    static final Key MACHINE =
            TABLE.add(
                    "machines.<name>",
                    new Shape.TextOrMap(Shapes.text("`here`", "here")),
                    NONE,
                    KeyLimits.of("`here` once", "a map has `ssh` or `context`"),
                    "m1: {ssh: root@192.168.0.11}",
                    "One machine, or the word `here`: the engine that commands without an address"
                            + " mean.");
    static final Key MACHINE_SSH =
            TABLE.add(
                    "machines.<name>.ssh",
                    Shapes.text(
                            "user@host or user@host:port",
                            "[A-Za-z_][A-Za-z0-9._-]{0,31}@[a-z0-9][a-z0-9.-]*(:[1-9][0-9]{0,4})?"),
                    NONE,
                    KeyLimits.of("a host in lower case, or an IPv4 address", "used once")
                            .apart("context"),
                    "ssh: root@192.168.0.11",
                    "Who logs in where to reach its engine. Everything else is ssh's own"
                            + " configuration.");
    static final Key MACHINE_CONTEXT =
            TABLE.add(
                    "machines.<name>.context",
                    Shapes.text("name of a context", "[A-Za-z0-9][A-Za-z0-9_.+-]+"),
                    NONE,
                    KeyLimits.of("not `default`, which is `here`", "used once").apart("ssh"),
                    "context: rack-2",
                    "A context of the docker command line that reaches its engine.");
    static final Key MACHINE_INTERFACE =
            TABLE.add(
                    "machines.<name>.interface",
                    INTERFACE,
                    derived("`vip.interface`"),
                    KeyLimits.of(INTERFACE_LIMITS),
                    "interface: eno1",
                    "Its network interface on the LAN.");

    static final Key BALANCERS =
            TABLE.add(
                    "balancers",
                    new Shape.Named(Shapes.NAME, MOST_BALANCERS),
                    REQUIRED,
                    "balancers: {haproxy-a: , haproxy-b: }",
                    "HAProxy and Keepalived. The first balancer is the master; the others take over"
                            + " in this order.");
    static final Key BALANCER =
            TABLE.add(
                    "balancers.<name>",
                    Shapes.ENTRY,
                    NONE,
                    KeyLimits.of("a name that no other balancer or server has", "not `lan-route`"),
                    "haproxy-a:",
                    "One balancer. Compose and HAProxy know it by this name.");
    static final Key BALANCER_HOSTNAME =
            TABLE.add(
                    "balancers.<name>.hostname",
                    Shapes.NAME,
                    derived("the balancer's name"),
                    KeyLimits.of("different for every balancer"),
                    "hostname: bl1",
                    "The hostname inside the container.");
    static final Key BALANCER_ADDRESS =
            TABLE.add(
                    "balancers.<name>.address",
                    Shapes.ADDRESS,
                    derived(
                            "the next free one of .50, .60, .70 ... in `network.subnet`; with"
                                    + " `machines`, after `vip.address`"),
                    KeyLimits.of(
                            "a host's address in `network.subnet`, but not the first; with"
                                    + " `machines`, in `vip.subnet`",
                            "used once"),
                    "address: 172.20.0.50",
                    "Its address on the network, for direct requests and the health page. With"
                            + " `machines` it has this one alone, on the LAN.");
    static final Key BALANCER_LAN_ADDRESS =
            TABLE.add(
                    "balancers.<name>.lan_address",
                    Shapes.ADDRESS,
                    derived("the next free one after `vip.address`"),
                    KeyLimits.of(
                            "a host's address in `vip.subnet`",
                            "used once",
                            "not together with `machines`"),
                    "lan_address: 192.168.0.151",
                    "Its own address on the LAN. It speaks VRRP from there.");
    static final Key BALANCER_MACHINE =
            TABLE.add(
                    "balancers.<name>.machine",
                    Shapes.NAME,
                    derived("dealt: the machine with the fewest balancers"),
                    KeyLimits.of(
                            "one of `machines`",
                            "no two on one machine while another one has none"),
                    "machine: m1",
                    "The machine that it runs on.");

    static final Key BALANCER_VIPS =
            TABLE.add(
                    "balancers.<name>.vips",
                    new Shape.Items("addresses", Shapes.ADDRESS, 0, Balancer.MOST_VIPS),
                    NONE,
                    KeyLimits.of(
                            "hosts' addresses in `vip.subnet`",
                            "each once, and not the address of a node or of the gateway",
                            "not at the first balancer, which has `vip.address`",
                            "not together with `vip.return: never`"),
                    "vips: [192.168.0.161]",
                    "Virtual IPs of its own: every listener answers on them, and they are here as"
                            + " long as this balancer can serve, or else at the next one.");

    static final Key LISTEN =
            TABLE.add(
                    "listen",
                    Shapes.MAP,
                    NONE,
                    KeyLimits.of("three different ports"),
                    "listen:",
                    "The TCP ports of every balancer, and what it accepts there.");
    static final Key LISTEN_HTTP =
            TABLE.add("listen.http", Shapes.PORT, fixed("80"), "http: 80", "Plain HTTP.");
    static final Key LISTEN_HTTPS =
            TABLE.add("listen.https", Shapes.PORT, fixed("443"), "https: 443", "HTTP over TLS.");
    static final Key LISTEN_HEALTH =
            TABLE.add(
                    "listen.health",
                    Shapes.PORT,
                    fixed("8404"),
                    "health: 8404",
                    "The health page `/`, and `/metrics`, `/health` and `/ready`.");
    static final Key LISTEN_HEADER_SIZE =
            TABLE.add(
                    "listen.header_size",
                    Shapes.text("size, 16k to 256k", "[1-9][0-9]{1,2}k"),
                    fixed("16k"),
                    KeyLimits.of("a whole number and `k` (1024 bytes)"),
                    "header_size: 32k",
                    "How long the header lines of a request, or of an answer, may be together.");

    static final Key LISTEN_HEALTH_FROM =
            TABLE.add(
                    "listen.health_from",
                    new Shape.Items("addresses", Shapes.RANGE, 1, 100),
                    derived("the subnets of the site, where this host is, too"),
                    KeyLimits.of("each is an address, a subnet, or `any`"),
                    "health_from: [192.168.0.0/24, 10.1.2.3]",
                    "Who may ask on the health port. Others are disconnected at once; the balancers"
                            + " themselves always may.");
    static final Key LISTEN_HEALTH_USER =
            TABLE.add(
                    "listen.health_user",
                    Shapes.text("name", "[A-Za-z0-9._-]{1,32}"),
                    derived("nobody has to give a password"),
                    KeyLimits.of("at most 32 characters: letters, digits, `.`, `_`, `-`")
                            .together("health_password"),
                    "health_user: prometheus",
                    "Who gives a password for the health page and `/metrics`.");
    static final Key LISTEN_HEALTH_PASSWORD =
            TABLE.add(
                    "listen.health_password",
                    Shapes.text(
                            "hash of a password",
                            "[$][56][$](rounds=[0-9]{4,5}[$])?[./A-Za-z0-9]{1,16}[$]"
                                    + "[./A-Za-z0-9]{43,86}"),
                    NONE,
                    KeyLimits.of("as `openssl passwd -5` prints it (SHA-256), or `-6`")
                            .together("health_user"),
                    "health_password: $5$xyzsaltxyz$DVMkg04vp5nfneKYfvQXMte0a1N4r6vdUaJSyt0sK01",
                    "The hash of that password.");

    static final Key LISTEN_MORE_HTTP =
            TABLE.add(
                    "listen.more_http",
                    Shapes.MORE_PORTS,
                    NONE,
                    KeyLimits.of("1 to 65535, each port once"),
                    "more_http: [8080, 8081]",
                    "More ports for plain HTTP.");
    static final Key LISTEN_MORE_HTTPS =
            TABLE.add(
                    "listen.more_https",
                    Shapes.MORE_PORTS,
                    NONE,
                    KeyLimits.of("1 to 65535, each port once"),
                    "more_https: 8443",
                    "More ports for HTTPS.");
    static final Key LISTEN_IPV6 =
            TABLE.add(
                    "listen.ipv6",
                    new Shape.Word(List.of("on", "off")),
                    fixed("off"),
                    "ipv6: on",
                    "Whether all ports are there over IPv6, too, at the balancers' own addresses.");
    static final Key LISTEN_PROXY_PROTOCOL_FROM =
            TABLE.add(
                    "listen.proxy_protocol_from",
                    new Shape.Items("addresses", Shapes.RANGE, 1, DoorKeys.MOST_PROXIES),
                    derived("nobody"),
                    DoorKeys.PROXIES,
                    "proxy_protocol_from: [10.0.0.5]",
                    "Who begins each connection for clients with the PROXY protocol, and is"
                            + " believed.");

    private FrontKeys() {}
}
