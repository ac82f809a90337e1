package dev.tandem.drill.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Grounds;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The journal's entry for an open fault.
class OpenFaultTest {
    private static final OpenFault OPEN =
            new OpenFault(
                    "web-kill", 4711, Instant.parse("2026-11-22T12:00:00.5Z"), Grounds.customers());

    @Test
    void aWrittenFaultReadsBackTheSame() {
        assertThat(OpenFault.parse(OPEN.text(), Grounds.NODES)).isEqualTo(OPEN);
    }

    @Test
    void itsTextCanBeReadByPeople() {
        assertThat(OPEN.text())
                .isEqualTo(
                        """
                        fault web-kill
                        process 4711
                        since 2026-11-22T12:00:00.500Z
                        site tandem
                        toolbox tandem/balancer:0
                        balancer haproxy-a tandem-haproxy-a
                        attached tandem_lan 192.168.0.151 haproxy-a,tandem-haproxy-a
                        attached vtnet 172.20.0.151 haproxy-a
                        balancer haproxy-b tandem-haproxy-b
                        attached tandem_lan 192.168.0.152 haproxy-b,tandem-haproxy-b
                        attached vtnet 172.20.0.152 haproxy-b
                        server web-a tandem-web-a
                        server web-b tandem-web-b
                        attached vtnet - -
                        existing shop tandem-shop-1
                        attached tandem_lan 192.168.0.99 -
                        end
                        """);
    }

    @Test
    void everyTruncatedTextIsRefused() {
        String text = OPEN.text();
        for (int length = 0; length < text.length(); length++) {
            String part = text.substring(0, length);
            assertThatIllegalArgumentException()
                    .as("the first %s characters", length)
                    .isThrownBy(() -> OpenFault.parse(part, Grounds.NODES));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fault", "process", "since", "site", "toolbox", "balancer"})
    void aTextWithAMissingLineIsRefused(String key) {
        String text = OPEN.text().replaceAll("(?m)^" + key + " .*\n", "");

        assertThatIllegalArgumentException().isThrownBy(() -> OpenFault.parse(text, Grounds.NODES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "process x",
                "since yesterday",
                "balancer alone",
                "server alone",
                "attached vtnet"
            })
    void anInvalidLineIsRefused(String line) {
        String key = line.substring(0, line.indexOf(' ') + 1);
        String text = OPEN.text().replaceFirst("(?m)^" + key + ".*$", line);

        assertThatIllegalArgumentException().isThrownBy(() -> OpenFault.parse(text, Grounds.NODES));
    }

    @Test
    void aNameThatWouldCorruptTheFileIsNotWritten() {
        Ground customers = Grounds.customers();
        Ground odd =
                new Ground("two\nlines", "image", customers.balancers(), List.of(), Grounds.NODES);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpenFault("web-kill", 1, Instant.EPOCH, odd).text());
    }
}
