package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is noted on a machine, and what is believed of it.
class AppliedNoteTest {
    private static final String HASH = "0".repeat(64);
    private static final AppliedNote NOTE =
            new AppliedNote(13, "ann@ctl, process 4711", "/srv/site/.tandem/shop");

    private static String text(String path) {
        return NOTE.text("site: shop\n", new TreeMap<>(Map.of(path, HASH)));
    }

    @Test
    void itIsReadAsItWasWritten() {
        assertThat(AppliedNote.parse(text("web-a/nginx.conf"))).contains(NOTE);
        assertThat(AppliedNote.files(text("web-a/nginx.conf")))
                .isEqualTo(Map.of("web-a/nginx.conf", HASH));
        assertThat(AppliedNote.parse("")).isEmpty();
        assertThat(AppliedNote.parse("change x\n")).isEmpty();
    }

    @Test
    void aPathThatLeadsOutOfTheDirectoryIsNotBelieved() {
        assertThat(AppliedNote.files(text("../../etc/passwd"))).isEmpty();
        assertThat(AppliedNote.files(text("web-a/../../../x"))).isEmpty();
        assertThat(AppliedNote.files(text("/etc/passwd"))).isEmpty();
    }
}
