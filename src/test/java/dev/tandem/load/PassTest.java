package dev.tandem.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a drill shows to a web server never gets into what a drill leaves behind.
class PassTest {
    private static final Pass PASS = new Pass("open-sesame");

    @Test
    void noPlanAndNoTargetShowsIt() {
        Target target = Target.of(InetAddress.getLoopbackAddress(), 80, 443).showing(PASS);
        ClassPlan slow = ClassPlan.of(RequestClass.SLOW, 1);
        LoadPlan plan = LoadPlan.of(target, "t", 10, Duration.ofSeconds(1), slow);

        assertThat(List.of(plan.toString(), plan.describe(), PASS.toString()))
                .noneMatch(text -> text.contains(PASS.value()));
    }

    @Test
    void onlyRequestsForPathsOfDrillsCarryIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain(Act.ANSWER)) {
            Target target =
                    Target.of(InetAddress.getLoopbackAddress(), server.port(), 443).showing(PASS);
            ClassPlan plain = ClassPlan.of(RequestClass.NEW_HTTP, 1).asking("/plain");
            ClassPlan kept = ClassPlan.of(RequestClass.KEPT_HTTP, 1).asking("/kept");
            ClassPlan slow = ClassPlan.of(RequestClass.SLOW, 1).asking("/slow");
            ClassPlan upload = ClassPlan.of(RequestClass.UPLOAD, 1).asking("/upload");
            Duration moment = Duration.ofMillis(200);

            Collected.of(
                    LoadPlan.of(
                            target,
                            "t",
                            20,
                            moment,
                            plain,
                            kept,
                            slow.lasting(Duration.ZERO),
                            upload.lasting(Duration.ZERO)));

            assertThat(server.seen())
                    .extracting(one -> one.line().split(" ", -1)[1] + " " + one.pass())
                    .containsOnly("/plain ", "/kept ", "/slow open-sesame", "/upload open-sesame");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\r\nX-Forwarded-For: 1", "é"})
    void nothingThatAHeaderCannotCarryIsTaken(String text) {
        assertThatThrownBy(() -> new Pass(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
