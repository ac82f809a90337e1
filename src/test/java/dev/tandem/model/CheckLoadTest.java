package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.drill.SampleSite;
import dev.tandem.model.Server.Scheme;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How often many web servers are checked.
class CheckLoadTest {
    private static final Duration FAST = Duration.ofMillis(200);

    private static List<Server> existing(int number, Scheme scheme) {
        return IntStream.range(0, number)
                .<Server>mapToObj(i ->
                        new Server.Existing(
                                "web-" + i, scheme, "web.example", 1000 + i, Optional.empty()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"2, 200", "50, 200", "51, 210", "100, 400", "1000, 4000"})
    void plainOnes(int servers, int millis) {
        assertThat(CheckLoad.of(existing(servers, Scheme.HTTP)).paced(FAST)).hasMillis(millis);
    }

    @ParameterizedTest
    @CsvSource({"7, 200", "8, 230", "12, 340", "100, 2800", "1000, 28000"})
    void thoseWithTls(int servers, int millis) {
        assertThat(CheckLoad.of(existing(servers, Scheme.HTTPS)).paced(FAST)).hasMillis(millis);
    }

    /// One check of each kind.
    @ParameterizedTest
    @CsvSource({"2, 200", "12, 200", "13, 210", "40, 640", "100, 1600"})
    void thoseOfOurs(int servers, int millis) {
        CheckLoad load = CheckLoad.of(SampleSite.of(2, servers, 2).servers());
        assertThat(load).isEqualTo(new CheckLoad(servers, servers));
        assertThat(load.paced(FAST)).hasMillis(millis);
    }

    /// All that come up or go down at once take five times what checks may take.
    @ParameterizedTest
    @CsvSource({"2, 100", "17, 100", "18, 110", "100, 560", "1000, 5600"})
    void thoseThatComeAndGoAreNotAskedEverFaster(int servers, int millis) {
        CheckLoad load = CheckLoad.of(existing(servers, Scheme.HTTPS));
        assertThat(load.hurried(Duration.ofMillis(100))).hasMillis(millis);
    }

    @Test
    void whatIsSlowAlreadyStays() {
        CheckLoad load = CheckLoad.of(existing(100, Scheme.HTTP));
        assertThat(load.paced(Duration.ofSeconds(2))).hasSeconds(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 999", "4, 999", "200, 999", "2000, 5000"})
    void questionsToTheAgent(int questions, int millis) {
        assertThat(CheckLoad.agent(questions)).hasMillis(millis);
    }

    @Test
    void noBalancerMakesMoreThanItMay() {
        for (int servers = 1; servers <= 1000; servers += 37) {
            for (Scheme scheme : Scheme.values()) {
                CheckLoad load = CheckLoad.of(existing(servers, scheme));
                CheckLoad.PerSecond made = load.perSecond(load.paced(FAST));
                assertThat(made.all() + (CheckLoad.TLS - 1) * made.encrypted())
                        .isLessThan(CheckLoad.MOST + 0.001);
            }
        }
    }
}
