package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Packages of an image are told apart by their versions, and differences are said in words.
class PackagesTest {
    private static final Packages OLD = Packages.parse("nginx 1.26.3-3\nlibssl3t64 3.5.1-1\n");

    @Test
    void theOrderOfTheLinesIsNoDifference() {
        Packages same = Packages.parse("libssl3t64 3.5.1-1\nnginx 1.26.3-3\n");
        assertThat(same).isEqualTo(OLD);
        assertThat(same.mark()).isEqualTo(OLD.mark()).matches("[0-9a-f]{8}");
    }

    @Test
    void anotherVersionIsAnotherMarkAndIsNamed() {
        Packages next = Packages.parse("libssl3t64 3.5.4-1\nnginx 1.26.3-3\n");
        assertThat(next.mark()).isNotEqualTo(OLD.mark());
        assertThat(next.since(OLD)).isEqualTo("1 package changed: libssl3t64 3.5.1-1 → 3.5.4-1");
    }

    @Test
    void whatCameAndWentIsNamedAndALongListIsCut() {
        Packages next = Packages.parse("nginx 1.26.3-3\na 1\nb 1\nc 1\nd 1\n");
        assertThat(next.since(OLD))
                .isEqualTo(
                        "5 packages changed: a 1 is new, b 1 is new, c 1 is new, d 1 is new and 1"
                                + " more");
        assertThat(Packages.parse("nginx 1.26.3-3\n").since(OLD))
                .isEqualTo("1 package changed: libssl3t64 is gone");
    }
}
