package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/security.md` gives a reason for everything that `compose.yaml` lets a container do, and
/// names nothing else.
class ContainersDocumentTest {
    private static final String COMPOSE =
            text("src/test/golden/render/minimal/expected/compose.yaml");
    private static final String DOCUMENT = text("docs/security.md");

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
}
