package dev.tandem.scenario;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// IPv6 on the LAN of a test site. Its addresses are given by hand, where a router would announce
/// them: to both balancers, and to this host, which is a client there and has a web server.
final class Ipv6Lan implements AutoCloseable {
    private static final Pattern INTERFACE = Pattern.compile("^\\d+: (\\S+)");

    /// A network of IPv6 that nobody else on this machine has: one for each JVM.
    private static final String PREFIX =
            "fd42:7e57:" + Long.toHexString(1 + ProcessHandle.current().pid() % 65_535) + "::";

    /// An address of this host that stands for 127.0.0.1, as 6to4 writes it.
    static final String SIX_TO_FOUR = "2002:7f00:1::1";

    private final HttpServer server;
    private final Set<String> agents = ConcurrentHashMap.newKeySet();
    private volatile int status = 200;

    /// With a web server, before there is a LAN.
    Ipv6Lan() {
        try {
            server = HttpServer.create(new InetSocketAddress("::", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        agents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
        byte[] body = "over IPv6".getBytes(StandardCharsets.UTF_8);
        boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /// An address: that of this host has the number 1.
    static String address(String number) {
        return PREFIX + number;
    }

    /// All of them, as clients are counted.
    static String network() {
        return PREFIX;
    }

    /// Where the web server is.
    String url() {
        return "http://[" + address("1") + "]:" + server.getAddress().getPort();
    }

    /// What the web server answers from now on.
    void answers(int code) {
        status = code;
    }

    /// Who has asked the web server.
    Set<String> agents() {
        return agents;
    }

    /// Gives the addresses, on a site that is up, as often as its containers have started: 1, bad
    /// and {@link #SIX_TO_FOUR} to this host, 151 and 152 to the balancers.
    void give(TestSite site) {
        String lan = site.name() + "_lan";
        String network = Shell.answer("docker", "network", "inspect", "--format", "{{.Id}}", lan);
        String bridge = "br-" + network.substring(0, 12);
        Shell.type("ip address replace " + address("1") + "/64 dev " + bridge + " nodad");
        // Not chosen by itself.
        String unused = " nodad preferred_lft 0";
        Shell.type("ip address replace " + address("bad") + "/64 dev " + bridge + unused);
        Shell.type("ip address replace " + SIX_TO_FOUR + "/128 dev " + bridge + unused);
        for (int number = 151; number <= 152; number++) {
            String container = site.container(number == 151 ? "haproxy-a" : "haproxy-b");
            String inside = "docker exec " + container + " ip ";
            Matcher name =
                    INTERFACE.matcher(
                            Shell.type(inside + "-o -4 address show to " + site.lan(number)));
            if (!name.find()) {
                throw new IllegalStateException(container + " is not on the LAN");
            }
            String lan6 = " dev " + name.group(1);
            Shell.type(inside + "address replace " + address(number + "/64 nodad") + lan6);
            Shell.type(inside + "route replace " + SIX_TO_FOUR + "/128" + lan6);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
