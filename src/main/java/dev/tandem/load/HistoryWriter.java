package dev.tandem.load;

import dev.tandem.disk.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Writes the file of a run ({@link RunHistory}). Every batch goes to the operating system at once,
/// so that a program that is killed leaves what it knew; the closing line is synced to the disk.
public final class HistoryWriter implements Sink, Closeable {
    private final FileChannel channel;

    HistoryWriter(Path file) throws IOException {
        channel = Disk.create(file);
    }

    @Override
    public void begin(LoadPlan plan, Instant zero) throws IOException {
        write(HistoryLines.head(plan, zero));
    }

    @Override
    public void add(List<RequestRecord> records) throws IOException {
        StringBuilder text = new StringBuilder(records.size() * 100);
        for (RequestRecord record : records) {
            HistoryLines.append(text, record);
        }
        write(text.toString());
    }

    @Override
    public void end(LoadResult result) throws IOException {
        write(HistoryLines.end(result));
        channel.force(false);
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
