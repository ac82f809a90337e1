package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/// Any bytes give a site or its problems: never an exception, and never a long wait.
class AnyInputTest {
    /// Long enough for any machine; only an input that never ends takes longer.
    private static final Duration HANG = Duration.ofMinutes(2);

    private static final int MUTATIONS = 3000;
    private static final long SEED = 20_240_601;

    private static final List<String> PIECES =
            List.of(
                    ":",
                    ": ",
                    "- ",
                    "? ",
                    "[",
                    "]",
                    "{",
                    "}",
                    ",",
                    "#",
                    " #",
                    "&a ",
                    "*a",
                    "!!str ",
                    "! ",
                    "|",
                    ">",
                    "|2-\n",
                    "'",
                    "\"",
                    "%",
                    "@",
                    "`",
                    "\t",
                    "\n",
                    "\r\n",
                    "\r",
                    "  ",
                    "---\n",
                    "...\n",
                    "<<: ",
                    "~",
                    "null",
                    "0x1",
                    "1e999",
                    "-",
                    ".inf",
                    "\\",
                    "\\u0000",
                    "\"\\UFFFFFFFF\"",
                    "\"\\uD800\"",
                    "\"\\x\"",
                    "\0",
                    "\u001b[2J",
                    "\u0085",
                    "\u2028",
                    "\u202e",
                    "\ufeff",
                    "é",
                    "网",
                    "😀",
                    "\ud83d",
                    "255.255.255.255",
                    "0.0.0.0",
                    "/0",
                    "/33",
                    "http://",
                    "https://[::1]:99999",
                    "--1",
                    "_",
                    "%YAML 1.2\n",
                    "%TAG ! x\n");

    private static final String FULL =
            """
            site: shop
            vip:
              address: 192.168.0.150
              subnet: 192.168.0.0/24
              interface: ens33
              gateway: 192.168.0.1
              router_id: 51
            network: {name: vtnet, subnet: 172.20.0.0/24}
            balancers:
              haproxy-a: {hostname: bl1, address: 172.20.0.50, lan_address: 192.168.0.151}
              haproxy-b:
            listen: {http: 80, https: 443, health: 8404}
            backend: {balance: roundrobin, retries: 2, check: "/"}
            servers:
              web-a: {content: ./my-site, address: 172.20.0.2}
              web-b: {url: "https://intranet:8443", ca: ca.pem}
            tls:
              names: ["*.example.org", 'www.example.org']
              # certificate: rsa.crt
            """;

    private static final String SPREAD =
            """
            vip: {address: 192.168.0.150, interface: ens33}
            machines:
              m1: {ssh: root@192.168.0.11}
              m2: {ssh: "admin@rack-2:2222", interface: eno1}
              m3: {context: rack-3}
              m4: here
            balancers: {haproxy-a: {machine: m1, address: 192.168.0.155}, haproxy-b: }
            servers:
              web-a: {machine: m1}
              web-b:
              web-c: {content: /srv/www, machine: m3}
              web-d: {address: 192.168.0.170}
            """;

    private static Reading read(byte[] content) {
        Reading reading = SiteReader.read("tandem.yaml", content, new FakeSurroundings());
        if (reading instanceof Reading.Bad bad) {
            assertThat(bad.problems()).isNotEmpty();
            assertThat(bad.render()).isNotBlank();
        }
        return reading;
    }

    private static Reading read(String content) {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void mutatedFilesGiveASiteOrProblems() {
        Random random = new Random(SEED);
        int good = read(FULL) instanceof Reading.Good ? 1 : 0;
        for (int round = 0; round < MUTATIONS; round++) {
            byte[] content = mutate(random);
            try {
                good += read(content) instanceof Reading.Good ? 1 : 0;
            } catch (RuntimeException | StackOverflowError failure) {
                throw new AssertionError(
                        "round " + round + ": " + new String(content, StandardCharsets.UTF_8),
                        failure);
            }
        }
        assertThat(good).as("some mutations are harmless").isBetween(50, MUTATIONS / 2);
    }

    private static byte[] mutate(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? SPREAD : FULL);
        for (int count = random.nextInt(1, 4); count > 0; count--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 30)));
                case 2 -> text.setCharAt(at, (char) random.nextInt(' ', 127));
                case 3 -> moveLine(text, random);
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
            }
        }
        byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0) {
            content[random.nextInt(content.length)] = (byte) random.nextInt(256);
        }
        return content;
    }

    private static void moveLine(StringBuilder text, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.toString().split("\n", -1)));
        String line = lines.remove(random.nextInt(lines.size()));
        lines.add(random.nextInt(lines.size() + 1), " ".repeat(random.nextInt(3)) + line);
        text.setLength(0);
        text.append(String.join("\n", lines));
        if (text.isEmpty()) {
            text.append(' ');
        }
    }

    @Test
    void randomBytesGiveProblems() {
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            byte[] content = new byte[random.nextInt(300)];
            random.nextBytes(content);
            assertThat(read(content)).isInstanceOf(Reading.Bad.class);
        }
    }

    @Test
    void everyPrefixOfAFileGivesASiteOrProblems() {
        for (String file : List.of(FULL, SPREAD)) {
            byte[] whole = file.getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < whole.length; length++) {
                read(Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void hugeAndUglyFilesAreAnsweredQuickly() {
        List<String> uglies =
                List.of(
                        "[".repeat(100_000),
                        "{a: ".repeat(60_000),
                        "- ".repeat(100_000),
                        "? ".repeat(100_000),
                        "a: " + "x".repeat(250_000),
                        "a: " + "1".repeat(250_000),
                        "a: [" + "1,".repeat(120_000) + "]",
                        "a:\n".repeat(80_000),
                        "{" + numbered(" k%d: ,", 30_000) + "}",
                        "servers: {" + numbered(" k%d: ,", 25_000) + "}",
                        numbered("k%d: &a%d [*a0]\n", 10_000),
                        "#".repeat(260_000),
                        "\n".repeat(260_000),
                        " ".repeat(260_000),
                        "\t".repeat(260_000),
                        "'".repeat(100_001),
                        "site: " + "é".repeat(100_000),
                        "vip:\n  address: " + "1.".repeat(100_000),
                        "tls: {names: [" + "a.".repeat(100_000) + "]}",
                        "servers: {web-a: {url: 'http://" + "a".repeat(200_000) + "'}}",
                        "backend: {check: '/" + "a".repeat(200_000) + "'}");
        for (String ugly : uglies) {
            Assertions.assertTimeout(
                    HANG,
                    () -> assertThat(read(ugly)).isInstanceOf(Reading.Bad.class),
                    ugly.substring(0, 10));
        }
    }

    private static String numbered(String format, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> format.replace("%d", Integer.toString(number)))
                .collect(Collectors.joining());
    }

    @Test
    void aFileThatIsOneByteTooLargeIsRefusedBeforeItIsRead() {
        Reading reading = read("#".repeat(256 * 1024 + 1));
        assertThat(((Reading.Bad) reading).render())
                .isEqualTo(
                        """
                        tandem.yaml:1:1: the file is too large: at most 256 KiB are read
                            1 |
                              | ^
                           hint: is this the right file?
                        """);
    }

    @Test
    void aFileOfExactlyTheMaximumSizeIsRead() {
        String padding = "#".repeat(256 * 1024 - FULL.length());
        assertThat(read(FULL + padding)).isInstanceOf(Reading.Good.class);
    }

    @Test
    void fileNamesCannotControlATerminalEither() {
        Reading reading = SiteReader.read("\u001b[2J.yaml", new byte[0], new FakeSurroundings());
        assertThat(((Reading.Bad) reading).render()).startsWith("␛[2J.yaml:1:1: ");
    }
}
