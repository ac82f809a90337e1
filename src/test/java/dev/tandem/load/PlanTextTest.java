package dev.tandem.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A plan survives its way as text to a generator elsewhere.
class PlanTextTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();

    private static LoadPlan plan() throws IOException {
        Target target =
                Target.of(InetAddress.getByName("192.168.0.150"), 80, 8443)
                        .named("shop.example.com")
                        .trusting(List.of(AUTHORITY.certificate(), AUTHORITY.certificate()))
                        .showing(new Pass("se=cret;"));
        ClassPlan awkward =
                ClassPlan.of(RequestClass.NEW_HTTP, 80)
                        .asking("/a;b=c;?weight=3&path=/x;")
                        .expecting(BodyCheck.exactly("x".getBytes(StandardCharsets.US_ASCII)));
        ClassPlan echo =
                ClassPlan.of(RequestClass.KEPT_HTTPS, 7)
                        .over(9)
                        .expecting(new BodyCheck.Echo())
                        .within(Duration.ofMillis(1500), Duration.ofSeconds(70));
        ClassPlan upload = ClassPlan.of(RequestClass.UPLOAD, 1).uploading(12_345);
        return LoadPlan.of(target, "web-kill-1", 200, Duration.ofMinutes(30), awkward, echo, upload)
                .seeded(42)
                .atMost(77);
    }

    @Test
    void it_is_the_same_afterwards() throws IOException {
        LoadPlan read = PlanText.read(PlanText.of(plan()));

        assertThat(read).isEqualTo(plan());
        assertThat(read.target().pass().orElseThrow().value()).isEqualTo("se=cret;");
    }

    @Test
    void a_class_that_differs_in_anything_is_another_one() throws IOException {
        for (RequestClass kind : RequestClass.values()) {
            LoadPlan plan =
                    LoadPlan.of(
                            plan().target(), "t", 1, Duration.ofHours(1), ClassPlan.of(kind, 3));
            assertThat(PlanText.read(PlanText.of(plan))).isEqualTo(plan);
        }
    }

    @Test
    void what_is_no_plan_is_refused() throws IOException {
        List<String> lines = PlanText.of(plan());
        assertThatThrownBy(() -> PlanText.read(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PlanText.read(List.of(lines.getFirst(), "rm -rf")))
                .hasMessage("not of a plan: rm -rf");
        assertThatThrownBy(() ->
                        PlanText.read(List.of(lines.getFirst().replace("rate=200", "rate=0"))))
                .hasMessageContaining("rate: 0 is not between");
    }
}
