package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/security.md` gives a reason for everything that `compose.yaml` lets a container do, and
/// for every place where one of its programs listens, and names nothing else. That these are all is
/// seen by WallsTest, in running containers.
class ContainersDocumentTest {
    private static final String EXPECTED = "src/test/golden/render/minimal/expected/";
    private static final String COMPOSE = text(EXPECTED + "compose.yaml");
    private static final String DOCUMENT = text("docs/security.md");

    private static final Pattern ROW = Pattern.compile("(?m)^\\|([^|]*)\\|([^|]*)\\|[^|]*\\|$");

    private static String text(String path) {
        try {
            return Files.readString(Path.of(System.getProperty("tandem.home", "."), path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The part of a text between two others.
    private static String part(String text, String begin, String end) {
        int at = text.indexOf(begin);
        assertThat(at).as(begin).isNotNegative();
        return text.substring(at, text.indexOf(end, at + begin.length()));
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(one -> one.group(1) == null ? one.group(2) : one.group(1))
                .distinct()
                .sorted()
                .toList();
    }

    private static void compare(String base, String service, String section) {
        String capabilities = "\\b([A-Z]+_[A-Z_]+|SETUID|SETGID|KILL)\\b";
        assertThat(found(section, "`" + capabilities + "`"))
                .isEqualTo(found(part(base, "cap_add:", "security_opt:"), capabilities));
        String sysctls = "(net\\.[a-z0-9_.]+[a-z_])";
        assertThat(found(section, "`" + sysctls + "`")).isEqualTo(found(base, sysctls + ": "));
        String memory = "(?m)^    - (/[a-z]+):";
        String mounts = "target: (/[a-z/-]+)";
        List<String> places = found(base + service, memory + "|" + mounts);
        assertThat(found(section, "(?m)^\\|[^|]*\\| `(/[a-z/-]+)` \\|"))
                .containsAll(found(base, memory))
                .containsAll(found(service, mounts))
                .hasSize(places.size());
    }

    @Test
    void everythingThatABalancerMayDoHasAReason() {
        compare(
                part(COMPOSE, "x-balancer:", "x-web:"),
                part(COMPOSE, "  haproxy-a:", "networks:"),
                part(DOCUMENT, "### A balancer", "### A web server"));
    }

    @Test
    void everythingThatAWebServerMayDoHasAReason() {
        compare(
                part(COMPOSE, "x-web:", "services:"),
                part(COMPOSE, "  web-a:", "networks:"),
                part(DOCUMENT, "### A web server", "### `lan-route`"));
    }

    /// What stands in the rows of a kind, which is named in the first of them.
    private static List<String> rows(String section, String kind) {
        List<String> found = new ArrayList<>();
        String last = "";
        for (Matcher row = ROW.matcher(section); row.find(); ) {
            last = row.group(1).isBlank() ? last : row.group(1).strip();
            if (last.equals(kind)) {
                found.add(row.group(2).strip());
            }
        }
        return found;
    }

    @Test
    void everyListenerOfABalancerHasAReasonOnce() {
        String haproxy = text(EXPECTED + "haproxy-a/haproxy.cfg");
        String balancer = part(COMPOSE, "  haproxy-a:", "networks:");
        List<String> expected = new ArrayList<>();
        // minimal has the ports that are the default of these keys
        assertThat(found(haproxy, "(?m)^ +bind \\*:(\\d+)|bind ([^*]\\S*)"))
                .containsExactly("443", "80", "8404");
        expected.add("TCP `listen.http`, `listen.https`, on all addresses");
        expected.add("TCP `listen` of each of `services`, on all addresses");
        expected.add("TCP `listen.health`, on all addresses");
        expected.add("UDP `listen.health`, on all addresses"); // the init: Wire.pm
        found(balancer, "TANDEM_AGENT_PORT: \"(\\d+)\"")
                .forEach(port -> expected.add("TCP " + port + " on 127.0.0.1"));
        found(haproxy, "unix@(\\S+)").forEach(path -> expected.add("`" + path + "`"));
        expected.add("IP protocol 112");

        assertThat(rows(part(DOCUMENT, "### A balancer", "### A web server"), "listener"))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void everyListenerOfAWebServerHasAReasonOnce() {
        String nginx = text(EXPECTED + "web-a/nginx.conf");
        String rows =
                String.join(
                        "\n",
                        rows(part(DOCUMENT, "### A web server", "### `lan-route`"), "listener"));

        assertThat(found(rows, "\\b(\\d+)\\b")).isEqualTo(found(nginx, "listen +(\\d+)"));
    }

    @Test
    void whatABalancerMayDoMoreWithIpv6HasAReason() {
        String made = text("src/test/golden/render/ipv6/expected.diff");
        String compose = part(made, "=== compose.yaml", "=== haproxy-a");
        String section = part(DOCUMENT, "### A balancer with IPv6", "RFC 6105");

        assertThat(found(compose, "(?m)^\\+ +(net\\.[a-z0-9_.]+): "))
                .isEqualTo(found(section, "`(net\\.[a-z0-9_.]+)`"))
                .hasSize(5);
        assertThat(found(made, "(?m)^\\+    bind :::(\\d+) v6only"))
                .containsExactly("443", "5432", "80", "8080", "8404", "8443");
        assertThat(rows(section, "listener of IPv6")).hasSize(1);
    }

    /// It has what stands there and no more: none of what balancers have.
    @Test
    void everythingThatTheLanRouteMayDoHasAReason() {
        String made = text("src/test/golden/render/macvlan/expected.diff");
        String route = part(made, "+  lan-route:", "@ ");
        String section = DOCUMENT.substring(DOCUMENT.indexOf("### `lan-route`"));

        assertThat(rows(section, "network")).containsExactly("the host's own");
        assertThat(route).contains("network_mode: host");
        assertThat(rows(section, "capability")).containsExactly("`NET_ADMIN`");
        assertThat(route).contains("cap_drop: [ALL]", "cap_add: [NET_ADMIN] ");
        assertThat(rows(section, "mount, in memory, listener")).containsExactly("none");
        assertThat(route).contains("read_only: true").doesNotContain("volumes:", "tmpfs:", "port");
        assertThat(text("images/balancer/lan-route")).doesNotContain("listen", "nc ", "socat");
    }
}
