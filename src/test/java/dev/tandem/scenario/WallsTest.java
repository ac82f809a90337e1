package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.scenario.TlsOffers.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What strangers do not get from a site: the paths of its drills, files that are not pages, old
/// TLS; and what its own containers cannot do.
@Tag("containers")
class WallsTest {
    private static final int BODY = 900_000;
    private static final int POSTS = 60;

    @RegisterExtension static final LiveSite LIVE = new LiveSite();
    private static final TestSite SITE = LIVE.site();

    @BeforeAll
    static void provide() throws IOException {
        SITE.file("pages/.env", "PASSWORD=secret\n");
        SITE.file("pages/.git/config", "[remote] url = https://me:secret@example.org/\n");
        SITE.file("pages/docs/.htpasswd", "me:secret\n");
        SITE.file("pages/.well-known/.env", "PASSWORD=secret\n");
        SITE.file("pages/.well-known/acme-challenge/token", "token\n");
        SITE.file("pages/docs/1.2/.../index.html", "secret\n");
        SITE.file("pages/docs/1.2/guide.v2.html", "guide\n");
        Path pages = SITE.directory().resolve("pages");
        link(pages, "docs/latest", "1.2");
        link(pages, "passwd", "/etc/passwd");
        link(pages, "etc", "/etc");
        link(pages, "key", "/etc/tandem-tls/server.key");
        link(pages, "secret", "/etc/tandem-tls/drill.conf");
        link(pages, "environ", "/proc/self/environ");
        link(pages, "mac", "/sys/class/net/eth0/address");
        link(pages, "up", "../../../../etc/passwd");
    }

    private static void link(Path pages, String name, String target) throws IOException {
        Files.createSymbolicLink(pages.resolve(name), Path.of(target));
    }

    private static String code(String url, String... options) {
        List<String> all = new ArrayList<>(List.of("--path-as-is", "-o", "/dev/null"));
        all.addAll(List.of("-w", "%{http_code}"));
        all.addAll(List.of(options));
        all.add(url);
        return SITE.curl(all.toArray(String[]::new)).stdout().strip();
    }

    private static List<String> places() {
        return List.of("https://" + SITE.lan(150), "http://" + SITE.network(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.env",
                "/.git/config",
                "/.git/",
                "/%2egit/config",
                "//.env",
                "/./.env",
                "/docs/../.env",
                "/docs/%2e%2e/.env",
                "/docs/.htpasswd",
                "/docs/1.2/.../index.html",
                "/docs/latest/.../",
                "/.well-known/.env",
                "/.well-known/acme-challenge/../../.env",
                "/.well-knownx",
                "/.env/",
            })
    void whatBeginsWithADotIsNotServed(String path) {
        for (String place : places()) {
            assertThat(code(place + path)).as(place + path).isEqualTo("404");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/acme-challenge/token",
                "/docs/1.2/guide.v2.html",
                "/docs/latest/guide.v2.html",
            })
    void pagesAreServedAndLinksAmongThemFollowed(String path) {
        for (String place : places()) {
            assertThat(code(place + path)).as(place + path).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/passwd", "/etc/passwd", "/etc/hostname", "/key", "/secret", "/up", "/mac"})
    void aLinkOutOfTheContentLeadsNowhere(String path) {
        for (String place : places()) {
            assertThat(code(place + path)).as(place + path).isIn("403", "404");
        }
    }

    @Test
    void whatTheKernelKnowsOfAProcessIsNotServedEither() {
        Output answer = SITE.curl("http://" + SITE.network(2) + "/environ");
        assertThat(answer.stdout()).doesNotContain("PATH", "HOSTNAME");
    }

    @Test
    void thePathsOfDrillsAnswerOnlyWhoHasTheSecret() throws IOException {
        for (String place : places()) {
            for (String path : List.of("/tandem-drill/slow", "/tandem-drill/upload")) {
                String[] asks = path.endsWith("upload") ? new String[] {"-d", "x"} : new String[0];
                String url = place + path;
                assertThat(code(url, asks)).as(url).isEqualTo("404");
                assertThat(code(url, with(asks, "X-Tandem-Drill: 1"))).isEqualTo("404");
                assertThat(code(url, with(asks, "X-Tandem-Drill: "))).isEqualTo("404");
                assertThat(code(url, with(asks, DrillPass.header(SITE)))).as(url).isEqualTo("200");
            }
        }
        assertThat(mode(".drill-secret")).isEqualTo("rw-------");
        assertThat(mode("tls/web-a/drill.conf")).isEqualTo("rw-------");
    }

    /// And the secret is where it belongs: in no configuration, log or output.
    @Test
    void theSecretIsNowhereElse() throws IOException {
        String secret = DrillPass.of(SITE).value();
        code("http://" + SITE.lan(150) + "/tandem-drill/slow", "-H", DrillPass.header(SITE));
        List<String> seen = new ArrayList<>();
        for (String node : List.of("haproxy-a", "haproxy-b", "web-a", "web-b")) {
            seen.add(SITE.log(node));
            seen.add(Shell.answer("docker", "inspect", SITE.container(node)));
            seen.add(SITE.exec(node, "node-state").stdout());
        }
        seen.add(SITE.tandem("render", "--output", "elsewhere").stdout());
        seen.add(SITE.tandem("plan").stdout());
        assertThat(seen).noneMatch(text -> text.contains(secret));
        try (Stream<Path> files = Files.walk(SITE.rendered())) {
            List<String> holders = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (new String(bytes, StandardCharsets.ISO_8859_1).contains(secret)) {
                    holders.add(SITE.rendered().relativize(file).toString());
                }
            }
            assertThat(holders)
                    .containsExactlyInAnyOrder(
                            ".drill-secret", "tls/web-a/drill.conf", "tls/web-b/drill.conf");
        }
    }

    private static String[] with(String[] asks, String header) {
        return Stream.concat(Stream.of(asks), Stream.of("-H", header)).toArray(String[]::new);
    }

    private static String mode(String path) throws IOException {
        return java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(SITE.rendered().resolve(path)));
    }

    /// Bodies that never end: without the secret Nginx keeps nothing of them, with it all.
    @Test
    void bodiesThatAreLeftUnfinishedFillNobodysMemory() throws IOException {
        int before = memory("web-a");

        int stranger = memoryWith("");
        int drill = memoryWith(DrillPass.header(SITE) + "\r\n");

        System.out.printf(
                "%d unfinished uploads of %d kB: Nginx had %d kB, %d kB with strangers',"
                        + " %d kB with a drill's%n",
                POSTS, BODY / 1000, before, stranger, drill);
        assertThat(stranger - before).as("kB").isLessThan(POSTS * BODY / 1000 / 4);
        assertThat(drill - before).as("kB").isGreaterThan(POSTS * BODY / 1000 / 2);
    }

    private static int memoryWith(String header) throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < POSTS; i++) {
                Socket socket = new Socket(SITE.network(2).toString(), 80);
                open.add(socket);
                send(socket, header);
            }
            return memory("web-a");
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /// A stranger is answered before the body ends, and then the connection may be closed.
    private static void send(Socket socket, String header) {
        String head = "POST /tandem-drill/upload HTTP/1.1\r\nHost: x\r\n" + header;
        try {
            OutputStream out = socket.getOutputStream();
            out.write((head + "Content-Length: 1000000\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            out.write(new byte[BODY]);
        } catch (IOException e) {
            assertThat(header).as("refused: " + e).isEmpty();
        }
    }

    /// What all processes of a web server have in memory, in kB.
    private static int memory(String node) {
        String kilobytes = "s/^VmRSS:[[:space:]]*\\([0-9]*\\).*/\\1/p";
        String count = "cat /proc/[0-9]*/status | sed -n '" + kilobytes + "'";
        return SITE.exec(node, "sh", "-c", count).lines().stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .mapToInt(Integer::parseInt)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"haproxy-a", "web-a"})
    void aContainerWritesOnlyToItsMemoryAndHasALimitOfEverything(String node) {
        assertThat(inspected(node, "ReadonlyRootfs")).isEqualTo("true");
        assertThat(inspected(node, "SecurityOpt")).contains("no-new-privileges");
        assertThat(inspected(node, "CapDrop")).isEqualTo("[ALL]");
        assertThat(inspected(node, "PidsLimit")).isEqualTo("10000");
        long gigabytes = node.startsWith("web") ? 4 : 8;
        assertThat(inspected(node, "Memory")).isEqualTo(Long.toString(gigabytes << 30));
        for (String path : List.of("/x", "/etc/x", "/usr/local/bin/x", "/srv/x", "/var/x")) {
            Output output = SITE.exec(node, "sh", "-c", "echo x >" + path);
            assertThat(output.stderr()).as(path).contains("Read-only file system");
        }
        Output full = SITE.exec(node, "dd", "if=/dev/zero", "of=/run/full", "bs=1M", "count=40");
        SITE.exec(node, "rm", "/run/full");
        assertThat(full.stderr()).contains("No space left on device");
    }

    private static String inspected(String node, String what) {
        return Shell.answer(
                "docker", "inspect", "-f", "{{.HostConfig." + what + "}}", SITE.container(node));
    }

    /// What the kernel does, not what it was asked for: `ip_forward` sets back what is written about
    /// redirects, so that a packet filter has to drop them.
    @ParameterizedTest
    @ValueSource(strings = {"haproxy-a", "haproxy-b"})
    void aBalancerForwardsNothingAndFollowsNoRedirect(String balancer) {
        String kernel = "cd /proc/sys/net/ipv4 && cat ip_forward conf/*/forwarding";
        assertThat(SITE.exec(balancer, "sh", "-c", kernel).lines())
                .hasSizeGreaterThan(3)
                .containsOnly("0");
        assertThat(SITE.exec(balancer, "nft", "list", "table", "ip", "redirects").stdout())
                .contains("hook input", "icmp type redirect drop");
    }

    /// Where programs of a container listen, as the kernel knows it: what docs/security.md has.
    @ParameterizedTest
    @CsvSource({
        "haproxy-a, tcp *:443 tcp *:80 tcp *:8404 tcp 127.0.0.1:8403 udp *:8404",
        "web-a, tcp *:443 tcp *:80 tcp *:8404"
    })
    void aContainerListensWhereTheDocumentSaysAndNowhereElse(String node, String listeners) {
        String pid =
                Shell.answer("docker", "inspect", "-f", "{{.State.Pid}}", SITE.container(node));
        List<String> all =
                Shell.answer("nsenter", "--target", pid, "--net", "ss", "-Hlntu")
                        .replace("0.0.0.0:", "*:")
                        .lines()
                        .map(line -> line.split(" +"))
                        .filter(words -> !words[4].startsWith("127.0.0.11:")) // Docker's own DNS
                        .map(words -> words[0] + " " + words[4])
                        .distinct()
                        .sorted()
                        .toList();
        assertThat(String.join(" ", all)).isEqualTo(listeners);
    }

    /// Whoever takes over a program that speaks to clients is nobody: no root, no capability, no
    /// key of another node, no packet in somebody else's name.
    @ParameterizedTest
    @ValueSource(strings = {"haproxy-a", "web-a"})
    void whatSpeaksToClientsIsNobody(String node) {
        String program = node.startsWith("web") ? "nginx" : "haproxy";
        String all = "grep -lx 'Name:\t" + program + "' /proc/[0-9]*/status";
        List<String> workers = new ArrayList<>();
        for (String path : SITE.exec(node, "sh", "-c", all).stdout().lines().toList()) {
            String status = SITE.exec(node, "cat", path).stdout();
            assertThat(status).contains("NoNewPrivs:\t1");
            if (!status.contains("Uid:\t0\t")) {
                workers.add(status);
            }
        }
        assertThat(workers)
                .isNotEmpty()
                .allSatisfy(status -> {
                    assertThat(status).contains("CapEff:\t0000000000000000");
                    assertThat(status).doesNotContain("Gid:\t0\t");
                });
    }

    @Test
    void aWebServerSeesNoKeyButItsOwnAndForgesNoPacket() {
        assertThat(SITE.exec("web-a", "ls", "/etc/tandem-tls").stdout().lines())
                .containsExactlyInAnyOrder("drill.conf", "server.key", "server.pem");
        String raw = "socket my $s, 2, 3, 255 or die \"$!\\n\"";
        assertThat(SITE.exec("web-a", "perl", "-e", raw).stderr())
                .contains("Operation not permitted");
    }

    /// Mozilla's "intermediate", for clients and between balancers and web servers.
    @Test
    void tlsIsAcceptedAsMozillasIntermediateSaysAndNothingOlder() throws IOException {
        for (TlsOffers offers :
                List.of(
                        new TlsOffers(SITE.lan(150).toString(), 443),
                        new TlsOffers(SITE.network(2).toString(), 443))) {
            StringBuilder table = new StringBuilder("TLS at " + offers.host() + ":443\n");
            for (Version version : Version.values()) {
                List<String> suites = offers.suites(version);
                table.append("  %-8s %s%n".formatted(version, suites.isEmpty() ? "-" : suites));
                switch (version) {
                    case SSL_3_0, TLS_1_0, TLS_1_1 -> assertThat(suites).as("" + version).isEmpty();
                    // ECDHE-ECDSA with AES-128-GCM, AES-256-GCM, ChaCha20: the certificate is
                    // ECDSA.
                    case TLS_1_2 ->
                            assertThat(suites)
                                    .containsExactlyInAnyOrder("0xc02b", "0xc02c", "0xcca9");
                    case TLS_1_3 ->
                            assertThat(suites)
                                    .containsExactlyInAnyOrder("0x1301", "0x1302", "0x1303");
                }
            }
            System.out.print(table.append("  groups   " + offers.groups() + "\n"));
            // X25519MLKEM768, X25519, P-256, P-384; each client offered one of them alone
            assertThat(offers.groups())
                    .containsExactlyInAnyOrder("0x11ec", "0x001d", "0x0017", "0x0018");
            assertThat(offers.givesTickets()).as("session tickets").isFalse();
        }
    }
}
