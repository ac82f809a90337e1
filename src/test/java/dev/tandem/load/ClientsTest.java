package dev.tandem.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Clients that show the cookie that they were given.
class ClientsTest {
    private static final int RATE = 100;

    @Test
    void eachShowsWhatItWasGivenLastAndNobodyElseShowsAny() throws Exception {
        List<ScriptedServer.Request> seen = seen(Act.GIVE_COOKIE);
        Map<Integer, List<ScriptedServer.Request>> byClient =
                seen.stream()
                        .filter(one -> one.line().contains("/sticky"))
                        .collect(Collectors.groupingBy(one -> Clients.of(one.id())));
        assertThat(byClient).hasSize(Clients.COUNT);
        byClient.values()
                .forEach(all -> {
                    String given = "";
                    for (ScriptedServer.Request one : all) {
                        assertThat(one.cookie()).isEqualTo(given);
                        assertThat(one.last()).as("a new connection each").isTrue();
                        given = "SRV=" + one.id();
                    }
                });
        assertThat(seen)
                .filteredOn(one -> one.line().contains("/plain"))
                .extracting(ScriptedServer.Request::cookie)
                .isNotEmpty()
                .containsOnly("");
    }

    @Test
    void whereNoneIsGivenNoneIsShown() throws Exception {
        assertThat(seen(Act.ANSWER)).extracting(ScriptedServer.Request::cookie).containsOnly("");
    }

    private static List<ScriptedServer.Request> seen(Act act) throws Exception {
        Function<ScriptedServer.Request, Act> script = _ -> act;
        try (ScriptedServer server = new ScriptedServer(null, script)) {
            Target target = Target.of(InetAddress.getLoopbackAddress(), server.port(), 443);
            Collected.of(
                    LoadPlan.of(
                            target,
                            "t",
                            RATE,
                            Duration.ofSeconds(1),
                            ClassPlan.of(RequestClass.STICKY, 4).asking("/sticky"),
                            ClassPlan.of(RequestClass.NEW_HTTP, 1).asking("/plain")));
            return server.seen();
        }
    }
}
