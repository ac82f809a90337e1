package dev.tandem.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.change.plan.Link;
import dev.tandem.doctor.Finding.Severity;
import dev.tandem.health.Drift;
import dev.tandem.health.Health;
import dev.tandem.health.Lack;
import dev.tandem.health.Picture;
import dev.tandem.observe.Recent;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What `status` calls not well is ill for `doctor`, too.
class HealthFindingsTest {
    private static Diagnosis with(Snapshot snapshot, List<Lack> lacks, List<Drift> drift) {
        Picture picture = Picture.of(DoctorCase.customers(), Optional.empty(), snapshot);
        Health health = new Health(picture, lacks, drift);
        return Diagnosis.of(new DoctorCase().facts(), Optional.of(new Answer.Known<>(health)));
    }

    private static Diagnosis of(List<Lack> lacks, List<Drift> drift) {
        return with(Sample.healthy(), lacks, drift);
    }

    @Test
    void whatIsLackingIsIllAndHasACure() {
        Diagnosis diagnosis =
                of(
                        List.of(
                                new Lack.NotRunning("haproxy-a", "exited"),
                                new Lack.NotRunning("web-a", "exited")),
                        List.of());

        assertThat(diagnosis.good()).isFalse();
        assertThat(diagnosis.of(Severity.ILL))
                .extracting(Finding::about, Finding::seen, Finding::cure)
                .containsExactly(
                        tuple(
                                "haproxy-a",
                                "its container is exited",
                                "tandem up; why it ended: tandem logs haproxy-a"),
                        tuple(
                                "web-a",
                                "its container is exited",
                                "tandem up; why it ended: tandem logs web-a"));
    }

    @Test
    void aWebServerThatFailsItsClientsIsIllAndHasACure() {
        Recent as = new Recent(60, 1108, 166, 0, 40);

        assertThat(of(List.of(new Lack.FailsClients("web-a", as)), List.of()).of(Severity.ILL))
                .extracting(Finding::about, Finding::seen, Finding::cure)
                .containsExactly(
                        tuple(
                                "web-a",
                                "166 of its 1108 requests in the last 60 s failed, 15 %",
                                "what it says of them: tandem logs web-a; to have it get no"
                                        + " requests: tandem drain web-a"));
    }

    @Test
    void aServerThatRunsElsewhereHasNoLogHere() {
        ServerSeen down = new ServerSeen("postgres", "db-1", "DOWN", "L4CON");

        assertThat(
                        of(List.of(new Lack.SeenDown("db-1", "haproxy-b", down)), List.of())
                                .of(Severity.ILL))
                .extracting(Finding::cure)
                .containsExactly(
                        "tandem logs haproxy-b; the word in brackets says how its check fails");
    }

    @Test
    void driftIsIllAndHasACure() {
        Link link = new Link("tandem_lan", "192.168.0.151", Optional.empty());
        Diagnosis diagnosis = of(List.of(), List.of(new Drift.Detached("haproxy-a", link)));

        assertThat(diagnosis.of(Severity.ILL))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.seen()).isEqualTo("haproxy-a is not attached to tandem_lan");
                    assertThat(found.cure()).contains("tandem up");
                });
    }

    /// The VIP and certificates have findings of their own.
    @Test
    void nothingIsToldTwice() {
        assertThat(of(List.of(new Lack.HeldByNobody(), new Lack.EndUnknown()), List.of()).good())
                .isTrue();
    }

    @Test
    void aSiteThatWasNeverUpIsNotIll() {
        Snapshot nothing = new Snapshot(Map.of(), Map.of());
        assertThat(with(nothing, List.of(new Lack.NotRunning("web-a", "absent")), List.of()).good())
                .isTrue();
    }

    @Test
    void whatCouldNotBeLookedUpIsUnknown() {
        Optional<Answer<Health>> unknown = Optional.of(new Answer.Unknown<>("no answer"));
        assertThat(Diagnosis.of(new DoctorCase().facts(), unknown).of(Severity.UNKNOWN))
                .anySatisfy(found -> assertThat(found.seen()).isEqualTo("no answer"));
    }
}
