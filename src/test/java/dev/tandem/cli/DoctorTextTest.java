package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.doctor.Diagnosis;
import dev.tandem.doctor.DoctorCase;
import dev.tandem.golden.Golden;
import dev.tandem.observe.Vrrp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A diagnosis in human-readable and machine-readable form: golden files `doctor/CASE.txt` and
/// `.json`.
@Tag("golden")
class DoctorTextTest {
    /// The cases whose JSON is kept whole. All others are kept as the difference from `healthy`.
    private static final Set<String> WHOLE = Set.of("healthy", "engine-silent");

    private static final String A = "02:42:c0:a8:00:97";
    private static final String B = "02:42:c0:a8:00:98";
    private static final String STRANGER = "02:42:c0:a8:00:07";

    private static Map<String, DoctorCase> cases() {
        return Map.of(
                "healthy", new DoctorCase(),
                "absent", new DoctorCase().absent(),
                "engine-silent", new DoctorCase().silentEngine(),
                "split-brain", splitBrain(),
                "strangers", strangers());
    }

    private static DoctorCase splitBrain() {
        return new DoctorCase()
                .seen("haproxy-a", A, Vrrp.MASTER, List.of(B))
                .seen("haproxy-b", B, Vrrp.MASTER, List.of(A))
                .heard("haproxy-a", "192.168.0.152 150 3 244 192.168.0.150")
                .heard("haproxy-b", "");
    }

    private static DoctorCase strangers() {
        return new DoctorCase()
                .member("old-lb", STRANGER, "192.168.0.7")
                .seen("haproxy-b", B, Vrrp.BACKUP, List.of(A, STRANGER))
                .heard("haproxy-b", "192.168.0.7 150 2 100 192.168.0.200");
    }

    static Stream<String> names() {
        return cases().keySet().stream().sorted();
    }

    private static Diagnosis diagnosis(String name) {
        return Diagnosis.of(Objects.requireNonNull(cases().get(name)).facts());
    }

    @ParameterizedTest
    @MethodSource("names")
    void isPrintedForPeople(String name) {
        String text = DoctorText.of(diagnosis(name));
        Golden.same("doctor/" + name + ".txt", text);
        assertThat(text.replace("\n", "").chars()).noneMatch(Character::isISOControl);
    }

    @ParameterizedTest
    @MethodSource("names")
    void isPrintedForPrograms(String name) {
        String json = DoctorJson.of(diagnosis(name));
        String file = "doctor/" + json(name);
        if (WHOLE.contains(name)) {
            Golden.same(file, json);
        } else {
            Golden.sameExceptFor(file, DoctorJson.of(diagnosis("healthy")), json);
        }
    }

    @Test
    void everyFileBelongsToACase() {
        assertThat(names().flatMap(name -> Stream.of(name + ".txt", json(name))))
                .containsAll(Golden.names("doctor"));
    }

    private static String json(String name) {
        return name + (WHOLE.contains(name) ? ".json" : ".json.diff");
    }
}
