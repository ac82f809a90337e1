package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A test that counts lost requests runs beside one other class at most. Beside two, the processors
/// are full all the time, connections are reset when the VIP moves, and the count would judge that.
class CountingTest {
    private static final List<Class<?>> COUNTERS =
            List.of(UnderLoad.class, ChangingSite.class, FarmLoad.class, LanLoad.class);

    private static List<String> tags(JavaClass test) {
        return Arrays.stream(test.reflect().getAnnotationsByType(Tag.class))
                .map(Tag::value)
                .toList();
    }

    private static boolean counts(JavaClass test) {
        return test.getDirectDependenciesFromSelf().stream()
                .anyMatch(one -> COUNTERS.stream().anyMatch(one.getTargetClass()::isEquivalentTo));
    }

    @Test
    void whatCountsLostRequestsIsTaggedSo() {
        List<JavaClass> counting =
                new ClassFileImporter()
                        .importPackages("dev.tandem.scenario").stream()
                                .filter(one -> tags(one).contains("containers"))
                                .filter(CountingTest::counts)
                                .toList();
        assertThat(counting).hasSizeGreaterThan(5);
        assertThat(counting)
                .allSatisfy(one ->
                        assertThat(tags(one)).as(one.getName()).containsAnyOf("counting", "exact"));
    }
}
