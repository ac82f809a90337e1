package dev.tandem.file;

import dev.tandem.file.yaml.FileKind;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Key.Fallback;
import dev.tandem.file.yaml.Key.Fallback.Derived;
import dev.tandem.file.yaml.Key.Fallback.Fixed;
import dev.tandem.file.yaml.Key.Fallback.None;
import dev.tandem.file.yaml.Key.Fallback.Required;
import java.util.ArrayList;
import java.util.List;

/// Every key of the site file, in one place.
///
/// The binders take names and defaults from here, an unknown key is one that is not here, and the
/// reference document is held to this table by a test. So the three cannot say different things.
public final class Keys {
    private static final List<Key> TABLE = new ArrayList<>();

    static final Key SITE =
            key(
                    "site",
                    "name",
                    new Fixed("tandem"),
                    "site: shop",
                    "The Compose project; its containers are called `<site>-<node>`.");

    static final Key VIP =
            key(
                    "vip",
                    "map",
                    new Required(),
                    "vip: {address: 192.168.0.150}",
                    "The virtual server: the one address that clients use.");
    static final Key VIP_ADDRESS =
            key(
                    "vip.address",
                    "IPv4 address",
                    new Required(),
                    "address: 192.168.0.150",
                    "The virtual IP.");
    static final Key VIP_SUBNET =
            key(
                    "vip.subnet",
                    "IPv4 subnet",
                    new Derived("the /24 around `vip.address`"),
                    "subnet: 192.168.0.0/24",
                    "The LAN that the virtual IP lives in.");
    static final Key VIP_INTERFACE =
            key(
                    "vip.interface",
                    "interface name or `auto`",
                    new Fixed("auto"),
                    "interface: ens33",
                    "The host's interface that carries the LAN.");
    static final Key VIP_GATEWAY =
            key(
                    "vip.gateway",
                    "IPv4 address",
                    new Derived("the host's default gateway, where it lies in `vip.subnet`"),
                    "gateway: 192.168.0.1",
                    "The LAN's router.");
    static final Key VIP_ROUTER_ID =
            key(
                    "vip.router_id",
                    "number, 1 to 255",
                    new Derived("the last octet of `vip.address`, or 51 where that is 0"),
                    "router_id: 51",
                    "VRRP's virtual router id, unique on the LAN.");

    static final Key NETWORK =
            key(
                    "network",
                    "map",
                    new None(),
                    "network:",
                    "The Docker network on which balancers and web servers meet.");
    static final Key NETWORK_NAME =
            key("network.name", "name", new Fixed("vtnet"), "name: vtnet", "Its name in Compose.");
    static final Key NETWORK_SUBNET =
            key(
                    "network.subnet",
                    "IPv4 subnet",
                    new Fixed("172.20.0.0/24"),
                    "subnet: 172.20.0.0/24",
                    "Its addresses; the first belongs to the host.");

    static final Key BALANCERS =
            key(
                    "balancers",
                    "map of names, 1 to 16",
                    new Required(),
                    "balancers: {haproxy-a: , haproxy-b: }",
                    "HAProxy and Keepalived: the first is master, the others take over in order.");
    static final Key BALANCER =
            key(
                    "balancers.<name>",
                    "map, may be empty",
                    new None(),
                    "haproxy-a:",
                    "One balancer; its name in Compose and in HAProxy.");
    static final Key BALANCER_HOSTNAME =
            key(
                    "balancers.<name>.hostname",
                    "name",
                    new Derived("the balancer's name"),
                    "hostname: bl1",
                    "The hostname inside of the container.");
    static final Key BALANCER_ADDRESS =
            key(
                    "balancers.<name>.address",
                    "IPv4 address",
                    new Derived("the next free one of .50, .60, .70 ... in `network.subnet`"),
                    "address: 172.20.0.50",
                    "Its address on the network: direct calls and the health page.");
    static final Key BALANCER_LAN_ADDRESS =
            key(
                    "balancers.<name>.lan_address",
                    "IPv4 address",
                    new Derived("the next free one after `vip.address`"),
                    "lan_address: 192.168.0.151",
                    "Its own address on the LAN, from which it speaks VRRP.");

    static final Key LISTEN =
            key("listen", "map", new None(), "listen:", "The TCP ports of every balancer.");
    static final Key LISTEN_HTTP =
            key("listen.http", "port", new Fixed("80"), "http: 80", "Plain HTTP.");
    static final Key LISTEN_HTTPS =
            key("listen.https", "port", new Fixed("443"), "https: 443", "HTTP over TLS.");
    static final Key LISTEN_HEALTH =
            key(
                    "listen.health",
                    "port",
                    new Fixed("8404"),
                    "health: 8404",
                    "The health page `/`, `/metrics` and `/health`.");

    static final Key BACKEND =
            key(
                    "backend",
                    "map",
                    new None(),
                    "backend:",
                    "How requests are spread over the web servers.");
    static final Key BACKEND_BALANCE =
            key(
                    "backend.balance",
                    "word",
                    new Fixed("roundrobin"),
                    "balance: leastconn",
                    "HAProxy's algorithm.");
    static final Key BACKEND_RETRIES =
            key(
                    "backend.retries",
                    "number, 0 to 10",
                    new Fixed("2"),
                    "retries: 2",
                    "How often a connection that failed is tried again.");
    static final Key BACKEND_CHECK =
            key(
                    "backend.check",
                    "URL path",
                    new Fixed("/"),
                    "check: /health",
                    "The path that a web server must answer to be in rotation.");
    static final Key BACKEND_RETRY_METHODS =
            key(
                    "backend.retry_methods",
                    "list of HTTP methods",
                    new None(),
                    "retry_methods: [PUT, DELETE]",
                    "Methods besides GET and HEAD whose requests may be sent twice.");
    static final Key BACKEND_RETRY_BUDGET =
            key(
                    "backend.retry_budget",
                    "percentage, 0% to 100%",
                    new Fixed("20%"),
                    "retry_budget: 20%",
                    "How many retries may be in vain in 10 s, in percent of the requests.");

    static final Key SERVERS =
            key(
                    "servers",
                    "map of names, 1 to 100",
                    new Required(),
                    "servers: {web-a: , web-b: }",
                    "The web servers.");
    static final Key SERVER =
            key(
                    "servers.<name>",
                    "map, may be empty",
                    new None(),
                    "web-a:",
                    "One web server: Nginx of our own, or with `url` one that is there already.");
    static final Key SERVER_CONTENT =
            key(
                    "servers.<name>.content",
                    "path of a directory",
                    new Derived("a page that says which server answered"),
                    "content: ./my-site",
                    "What our Nginx serves.");
    static final Key SERVER_ADDRESS =
            key(
                    "servers.<name>.address",
                    "IPv4 address",
                    new Derived("the next free one in `network.subnet`, from .2 on"),
                    "address: 172.20.0.2",
                    "The address of our Nginx on the network.");
    static final Key SERVER_URL =
            key(
                    "servers.<name>.url",
                    "URL",
                    new None(),
                    "url: http://10.0.0.7:8080",
                    "A web server that is there already; Tandem neither starts nor stops it.");
    static final Key SERVER_CA =
            key(
                    "servers.<name>.ca",
                    "path of a PEM file",
                    new Derived("the CAs that the balancer's system trusts"),
                    "ca: ./company-ca.pem",
                    "The CA certificates that the server's own must come from.");

    static final Key TLS =
            key("tls", "map", new None(), "tls:", "The certificate that clients see.");
    static final Key TLS_NAMES =
            key(
                    "tls.names",
                    "list of hostnames",
                    new None(),
                    "names: [www.example.org]",
                    "Hostnames that our own certificate is made for, besides the addresses.");
    static final Key TLS_CERTIFICATE =
            key(
                    "tls.certificate",
                    "path of a PEM file",
                    new Derived("one of the site's own CA"),
                    "certificate: ./example.org.pem",
                    "Your own certificate, followed by its intermediates.");
    static final Key TLS_KEY =
            key(
                    "tls.key",
                    "path of a PEM file",
                    new Derived("made together with the certificate"),
                    "key: ./example.org.key",
                    "The private key that belongs to the certificate, without a passphrase.");

    static final Key FAILOVER =
            key(
                    "failover",
                    "`fast`, `steady` or a time",
                    new Fixed("fast"),
                    "failover: 0.5s",
                    "How soon a dead master is replaced; all times of the site follow from it.");
    static final Key TIMING =
            key("timing", "map", new None(), "timing:", "Single times, each set by hand.");
    static final Key TIMING_ADVERT =
            key(
                    "timing.advert",
                    "time",
                    new Derived("a third of `failover`"),
                    "advert: 100ms",
                    "Between two VRRP adverts of a master.");
    static final Key TIMING_CHECK =
            key(
                    "timing.check",
                    "time",
                    new Derived("from `failover`"),
                    "check: 500ms",
                    "Between two checks of a web server.");
    static final Key TIMING_CHECK_FAST =
            key(
                    "timing.check_fast",
                    "time",
                    new Derived("half of what `failover` gives for `check`"),
                    "check_fast: 200ms",
                    "The same, while a web server goes down or comes up.");
    static final Key TIMING_CHECK_LIMIT =
            key(
                    "timing.check_limit",
                    "time",
                    new Derived("from `failover`"),
                    "check_limit: 1s",
                    "How long the answer to a check may take.");
    static final Key TIMING_FALL =
            key(
                    "timing.fall",
                    "whole number",
                    new Fixed("2"),
                    "fall: 3",
                    "Failed checks in a row until a web server is out of rotation.");
    static final Key TIMING_RISE =
            key(
                    "timing.rise",
                    "whole number",
                    new Fixed("2"),
                    "rise: 3",
                    "Good checks in a row until it is back.");
    static final Key TIMING_CONNECT =
            key(
                    "timing.connect",
                    "time",
                    new Derived("from `failover`"),
                    "connect: 1s",
                    "How long a connection to a web server may take.");

    static final Key HANDOVER =
            key(
                    "handover",
                    "`on` or `off`",
                    new Derived("`on` with two balancers, else `off`"),
                    "handover: off",
                    "Whether open connections outlive a move of the virtual IP.");

    static final Key DRILL =
            key("drill", "map", new None(), "drill:", "What holds for drills of this site.");
    static final Key DRILL_BUDGET =
            key(
                    "drill.budget",
                    "limits",
                    new None(),
                    "budget: outage=500ms,lost=0",
                    "What a drill may cost, when `tandem drill` is given no other budget.");

    /// `tandem.yaml`: a site that Tandem builds.
    static final FileKind FILE =
            new FileKind(
                    "site",
                    "it needs at least vip with its address, balancers and servers",
                    "begin with 'vip:' on a line of its own",
                    TABLE);

    private Keys() {}

    /// All of them, in the order of the reference document.
    public static List<Key> all() {
        return FILE.keys();
    }

    private static Key key(
            String path, String type, Fallback fallback, String example, String sentence) {
        Key key = new Key(path, type, fallback, example, sentence);
        TABLE.add(key);
        return key;
    }
}
