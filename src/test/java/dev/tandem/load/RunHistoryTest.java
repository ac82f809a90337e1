package dev.tandem.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The file of a run: written and read, truncated, damaged, and on a full disk.
@Timeout(120) // so that it ends when something hangs: it says nothing about speed
class RunHistoryTest {
    @TempDir private Path directory;
    private Path file = Path.of("");

    @BeforeEach
    void before() {
        file = directory.resolve("requests.tsv");
    }

    @Test
    void a_written_history_reads_back_the_same() throws Exception {
        try (TwoServers servers = TwoServers.doing(Act.ANSWER);
                HistoryWriter writer = RunHistory.write(file)) {
            Collected collected = new Collected();
            LoadResult result = Generator.run(servers.everything(), new Both(collected, writer));
            RunHistory history = RunHistory.read(file);

            assertThat(history.isComplete()).isTrue();
            assertThat(history.records()).isEqualTo(collected.records());
            assertThat(history.tag()).isEqualTo("t1");
            assertThat(history.zero()).isEqualTo(result.zero());
            assertThat(history.plan()).contains("rate=210", "seed=1", "UPLOAD weight=1");
            RunHistory.End end = history.end().orElseThrow();
            assertThat(end.requests()).isEqualTo(result.requests());
            assertThat(end.length()).isEqualTo(result.length());
            assertThat(end.connections()).isEqualTo(result.connections());
            assertThat(end.punctuality()).hasToString(result.punctuality().toString());
        }
    }

    @Test
    void a_truncated_file_is_read_as_far_as_it_goes_and_is_incomplete() throws Exception {
        String text = sample();
        int head = text.indexOf("NEW_HTTP\t");
        // From its end on, because a file that is written over waits for the disk each time.
        for (int length = text.length() - 1; length >= head; length--) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(length);
            }
            RunHistory history = RunHistory.read(file);

            assertThat(history.isComplete()).isFalse();
            assertThat(history.records())
                    .hasSize(
                            (int) text.substring(head, length).lines().count()
                                    - (text.charAt(length - 1) == '\n'
                                            ? 0
                                            : length == head ? 0 : 1));
        }
    }

    @Test
    void a_file_with_a_missing_line_is_incomplete() throws Exception {
        String text = sample();
        Files.writeString(file, text.replaceFirst("NEW_HTTP\t.*\n", ""));

        assertThat(RunHistory.read(file).isComplete()).isFalse();
    }

    @Test
    void the_message_names_a_wrong_line() throws Exception {
        String text = sample();

        wrong(text.replaceFirst("version 1", "version 2"), ":1: the line is not:");
        wrong("", ":1: the line does not begin");
        wrong(text.replaceFirst("# zero .*", "# zero yesterday"), ":3: the line cannot be read");
        wrong(text.replaceFirst("\tOK\t", "\tFINE\t"), ":6: the line cannot be read: ");
        wrong(text.replaceFirst("\tOK\t", "\t"), ":6: the line cannot be read: 11 fields");
        wrong(text.replaceFirst("requests=", "guests="), "the line cannot be read: no requests");
        wrong(text + "more\n", "the line comes behind the end");
    }

    private void wrong(String text, String why) throws IOException {
        Files.writeString(file, text);
        assertThatThrownBy(() -> RunHistory.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_full_disk_is_reported() throws Exception {
        try (var server = ScriptedServer.plain(Act.ANSWER);
                HistoryWriter full = RunHistory.write(Path.of("/dev/full"))) {
            assertThatThrownBy(() -> Generator.run(plan(server), full))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
            assertThat(server.seen()).isEmpty();
        }
    }

    private String sample() throws Exception {
        try (var server = ScriptedServer.plain(Act.ANSWER);
                HistoryWriter writer = RunHistory.write(file)) {
            Generator.run(plan(server), writer);
        }
        return Files.readString(file);
    }

    private static LoadPlan plan(ScriptedServer server) {
        return LoadPlan.of(
                Target.of(java.net.InetAddress.getLoopbackAddress(), server.port(), 1),
                "t1",
                100,
                Duration.ofMillis(30),
                TwoServers.quick(RequestClass.NEW_HTTP));
    }
}
