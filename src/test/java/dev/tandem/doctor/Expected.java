package dev.tandem.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.doctor.Finding.Severity;
import java.util.List;

/// Shared parts of the tests of findings.
final class Expected {
    private Expected() {}

    static Diagnosis diagnosis(DoctorCase one) {
        return Diagnosis.of(one.facts());
    }

    /// The only finding that is not well.
    static Finding only(DoctorCase one) {
        List<Finding> found =
                diagnosis(one).findings().stream()
                        .filter(f -> f.severity() != Severity.WELL)
                        .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    static void ill(DoctorCase one, String about, String seen, String cure) {
        found(Severity.ILL, one, about, seen, cure);
        assertThat(diagnosis(one).good()).isFalse();
    }

    static void risk(DoctorCase one, String about, String seen, String cure) {
        found(Severity.RISK, one, about, seen, cure);
        assertThat(diagnosis(one).good()).as("a risk alone is no illness").isTrue();
    }

    static void found(Severity severity, DoctorCase one, String about, String seen, String cure) {
        Finding finding = only(one);
        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(finding.about()).isEqualTo(about);
        assertThat(finding.seen()).contains(seen);
        assertThat(finding.why()).isNotBlank();
        assertThat(finding.cure()).contains(cure);
    }
}
