package dev.tandem.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who goes first where the processors are full, and that it is given back.
class PrecedenceTest {
    @TempDir Path directory;

    @Test
    void it_is_given_back_as_it_was() throws IOException {
        Path file = Files.writeString(directory.resolve("autogroup"), "/autogroup-7 nice 3\n");

        try (Precedence _ = Precedence.take(file)) {
            assertThat(file).hasContent("-10");
        }

        assertThat(file).hasContent("3");
    }

    @Test
    void without_a_share_to_change_nothing_is_changed() throws IOException {
        Path none = directory.resolve("none");
        Path other = Files.writeString(directory.resolve("other"), "/\n");

        Precedence.take(none).close();
        Precedence.take(other).close();

        assertThat(none).doesNotExist();
        assertThat(other).hasContent("/");
    }
}
