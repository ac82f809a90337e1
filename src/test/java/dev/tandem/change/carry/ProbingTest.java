package dev.tandem.change.carry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whether a balancer serves worse than clients were served before.
class ProbingTest {
    private static final List<String> BOTH = List.of("web-a", "web-b");
    private static final Probing GOOD =
            Probing.parse("http 200\nhttp 200\nhttps 200\nhttps 200\n", BOTH);

    private static Optional<String> worse(String text) {
        return Probing.parse(text, BOTH).worseThan(GOOD, List.of());
    }

    @Test
    void theSameIsNotWorse() {
        assertThat(GOOD.worseThan(GOOD, List.of())).isEmpty();
    }

    @Test
    void aRedirectIsAnAnswerToo() {
        assertThat(worse("http 301\nhttp 304\nhttps 200\nhttps 204\n")).isEmpty();
    }

    @Test
    void oneFailureMoreIsWorseAndSaysWhereAndHow() {
        assertThat(worse("http 200\nhttp 200\nhttps 503\nhttps 200\n"))
                .hasValue("over https it answered 200 1 times, 503 1 times; before, 200 2 times");
    }

    @Test
    void noAnswerIsWorse() {
        assertThat(worse("http 200\nhttp 200\nhttps timeout\nhttps timeout\n"))
                .hasValue("over https it answered timeout 2 times; before, 200 2 times");
        assertThat(worse("http 200\nhttp 200\n"))
                .hasValue("over https it answered nothing 1 times; before, 200 2 times");
        assertThat(worse("")).isPresent();
    }

    @Test
    void whatFailedBeforeMayFailAfter() {
        Probing poor = Probing.parse("http 503\nhttp 503\nhttps refused\n", List.of());
        assertThat(poor.worseThan(poor, List.of())).isEmpty();
        assertThat(GOOD.worseThan(poor, List.of())).isEmpty();
    }

    @Test
    void aListenerThatWasNotThereBeforeIsNotCompared() {
        Probing none = Probing.parse("", List.of());
        assertThat(GOOD.worseThan(none, List.of())).isEmpty();
        assertThat(none.worseThan(none, List.of())).isEmpty();
    }

    @Test
    void aWebServerThatIsNoLongerUpIsWorseUnlessItIsMeantToGo() {
        Probing one = new Probing(GOOD.codes(), List.of("web-a"));
        assertThat(one.worseThan(GOOD, List.of())).hasValue("it does not see web-b up, as before");
        assertThat(one.worseThan(GOOD, List.of("web-b"))).isEmpty();
        assertThat(GOOD.worseThan(one, List.of())).isEmpty();
    }

    /// One that asked nobody says nothing of listeners that are gone on purpose.
    @Test
    void withoutHttpServersAloneCount() {
        assertThat(Probing.ofServers(GOOD.up()).worseThan(GOOD, List.of())).isEmpty();
        assertThat(Probing.ofServers(List.of()).worseThan(GOOD, List.of())).isPresent();
    }
}
