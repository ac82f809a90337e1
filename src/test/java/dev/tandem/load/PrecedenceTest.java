package dev.tandem.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Precedence when the processors are full, and that it is given back.
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
    void nothing_changes_where_there_is_no_share() throws IOException {
        Path none = directory.resolve("none");
        Path other = Files.writeString(directory.resolve("other"), "/\n");

        Precedence.take(none).close();
        Precedence.take(other).close();

        assertThat(none).doesNotExist();
        assertThat(other).hasContent("/");
    }
}
