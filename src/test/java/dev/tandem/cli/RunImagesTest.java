package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Container;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.ImageSeen;
import dev.tandem.prepare.Updates;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A status says how old the images are that run, and what they lack where apt was asked.
class RunImagesTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Optional<Instant> MADE =
            Optional.of(Instant.parse("2026-11-17T11:00:00Z"));

    private final TreeMap<String, Container> containers = new TreeMap<>();

    private void runs(String service, String role, String image) {
        containers.put(
                service,
                new Container(
                        "t-" + service, service, "running", "Up", image, "t", "/t", role, "1"));
    }

    private RunImages images(Optional<Updates> updates) {
        runs("haproxy-a", "balancer", "tandem/balancer:1");
        runs("haproxy-b", "balancer", "tandem/balancer:1");
        runs("web-a", "web", "tandem/web:2");
        runs("lan-route", "lan-route", "tandem/balancer:1");
        return RunImages.of(
                new Snapshot(containers, new TreeMap<>()),
                (image, _) -> new ImageSeen(image, MADE, updates),
                NOW);
    }

    @Test
    void eachImageIsNamedWithItsAgeAndItsNodes() {
        assertThat(images(Optional.empty()).table())
                .isEqualTo(
                        """


                        IMAGE              AGE          RUN BY
                        tandem/balancer:1  12 days old  haproxy-a, haproxy-b
                        tandem/web:2       12 days old  web-a\
                        """
                                .stripTrailing());
    }

    @Test
    void whatAptSaysHasAColumnOfItsOwn() {
        Updates missing = new Updates.Known(true, List.of("nginx 1 → 2"));
        assertThat(images(Optional.of(missing)).table())
                .contains("SECURITY UPDATES")
                .contains("web-a                 missing: nginx 1 → 2;");
        assertThat(images(Optional.of(new Updates.Known(true, List.of()))).table())
                .contains("none is missing");
        assertThat(images(Optional.of(new Updates.Known(false, List.of()))).table())
                .contains("unknown: trixie-security")
                .doesNotContain("none is missing");
        assertThat(images(Optional.of(new Updates.Unknown("no network"))).table())
                .contains("unknown: no network");
    }

    @Test
    void forProgramsWhatIsUnknownIsNull() {
        assertThat(Json.line(images(Optional.empty())::write))
                .contains("{\"image\":\"tandem/web:2\",\"made\":\"2026-11-17T11:00:00Z\"")
                .contains("\"run_by\":[\"web-a\"],\"security_updates\":null}");
        assertThat(Json.line(images(Optional.of(new Updates.Known(true, List.of("a"))))::write))
                .contains("\"security_updates\":[\"a\"]");
    }
}
