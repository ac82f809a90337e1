package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which word was probably meant.
class SuggestionTest {
    private static final List<String> KNOWN =
            List.of("address", "subnet", "interface", "gateway", "router_id", "ca", "certificate");

    @ParameterizedTest
    @CsvSource({
        "adress, address",
        "addres, address",
        "Address, address",
        "sbunet, subnet",
        "routerId, router_id",
        "router-id, router_id",
        "inteface, interface",
        "cert, certificate"
    })
    void theClosestWordIsFound(String word, String meant) {
        assertThat(Suggestion.closest(word, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"netmask", "x", "ip", "priority", "weight"})
    void aWordThatIsFarFromAllOthersHasNoSuggestion(String word) {
        assertThat(Suggestion.closest(word, KNOWN)).isEmpty();
    }

    @Test
    void aVeryLongWordHasNoSuggestion() {
        assertThat(Suggestion.closest("address".repeat(20), KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "abc, abc, 0",
        "abc, acb, 1",
        "abc, ab, 1",
        "abc, xabc, 1",
        "abc, xyz, 3",
        "'', ab, 2"
    })
    void theDistanceCountsSingleChanges(String left, String right, int distance) {
        assertThat(Suggestion.distance(left, right)).isEqualTo(distance);
        assertThat(Suggestion.distance(right, left)).isEqualTo(distance);
    }
}
