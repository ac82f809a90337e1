package dev.tandem.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keepalived's words, and Tandem's own for states without one.
class VrrpTest {
    @ParameterizedTest
    @CsvSource({
        "MASTER, MASTER",
        "BACKUP, BACKUP",
        "FAULT, FAULT",
        "INIT, INIT",
        "DOWN, DOWN",
        "STOP, DOWN",
        "UNKNOWN, UNKNOWN",
        "master, UNKNOWN",
        "'', UNKNOWN",
        "'MASTER ', UNKNOWN",
        "DELETED, UNKNOWN"
    })
    void everyWordHasAState(String word, Vrrp state) {
        assertThat(Vrrp.of(word)).isEqualTo(state);
    }
}
