package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A note about the LAN is read as it was written.
class LanNoteTest {
    @TempDir private Path root;

    static Stream<Lan> lans() {
        Optional<Ip4> router = Optional.of(Ip4.of("192.168.0.1"));
        Optional<Ip4> own = Optional.of(Ip4.of("192.168.0.17"));
        return Stream.of(
                new Lan.Bridge(),
                new Lan.Macvlan("ens33", router, own),
                new Lan.Macvlan("eth1.20", Optional.empty(), own),
                new Lan.Macvlan("ens33", router, Optional.empty()),
                new Lan.Macvlan("bridge", Optional.empty(), Optional.empty()),
                new Lan.Machines(
                        new TreeMap<>(
                                Map.of(
                                        "m1", new Lan.Macvlan("ens33", router, own),
                                        "m2", new Lan.Macvlan("eno1", router, Optional.empty())))),
                new Lan.Machines(
                        new TreeMap<>(Map.of("bridge", new Lan.Macvlan("e", router, own)))));
    }

    @ParameterizedTest
    @MethodSource("lans")
    void aNoteIsReadAsItWasWritten(Lan lan) {
        SiteDirectory directory = new SiteDirectory(root);
        LanNote.write(directory, lan);
        assertThat(LanNote.read(directory)).contains(lan);
    }

    @Test
    void withoutANoteNothingIsKnown() {
        assertThat(LanNote.read(new SiteDirectory(root))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "macvlan", "macvlan ens33", "macvlan ens33 - - -", "?"})
    void aDamagedNoteIsIgnored(String note) {
        SiteDirectory directory = new SiteDirectory(root);
        directory.note(".lan", note);
        assertThat(LanNote.read(directory)).isEmpty();
    }
}
