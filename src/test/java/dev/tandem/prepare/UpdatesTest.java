package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import org.junit.jupiter.api.Test;

/// What apt prints in an image is read: security updates alone, and never a guess.
class UpdatesTest {
    private static final String SAID =
            """
            secured
            Inst base-files [13.8] (13.8+deb13u1 Debian:13.2/stable [amd64])
            Inst libssl3t64 [3.5.1-1] (3.5.4-1~deb13u1 Debian-Security:13/stable-security [amd64])
            Inst nginx [1.26.3-3] (1.26.3-3+deb13u2 Debian:13.2/stable, Debian-Security:13/stable-security [amd64]) []
            Inst new-one (1 Debian-Security:13/stable-security [amd64])
            Conf libssl3t64 (3.5.4-1~deb13u1 Debian-Security:13/stable-security [amd64])
            """;

    @Test
    void securityUpdatesAreNamedWithBothVersions() {
        assertThat(Updates.of(new Output(0, SAID, "")))
                .isInstanceOfSatisfying(
                        Updates.Known.class,
                        known -> {
                            assertThat(known.secured()).isTrue();
                            assertThat(known.missing())
                                    .containsExactly(
                                            "libssl3t64 3.5.1-1 → 3.5.4-1~deb13u1",
                                            "nginx 1.26.3-3 → 1.26.3-3+deb13u2");
                        });
    }

    @Test
    void withoutSecuritySourcesNothingMissingMeansNothing() {
        assertThat(Updates.of(new Output(0, "", "")))
                .isInstanceOfSatisfying(
                        Updates.Known.class, known -> assertThat(known.secured()).isFalse());
    }

    @Test
    void anAptThatDoesNotAnswerIsUnknown() {
        assertThat(Updates.of(new Output(1, "", "E: Failed to fetch\n")))
                .isEqualTo(new Updates.Unknown("apt did not answer: E: Failed to fetch"));
    }
}
