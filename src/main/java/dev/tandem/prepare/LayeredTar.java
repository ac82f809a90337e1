package dev.tandem.prepare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An image as `docker save` writes it: a tar (POSIX ustar) with `manifest.json`, which names the
/// image's configuration and the file of each layer. `docker load` takes a tar that lacks layers
/// which the engine has, with all that are below them.
final class LayeredTar {
    private static final int BLOCK = 512;
    private static final String MANIFEST = "manifest.json";

    private LayeredTar() {}

    /// What one entry is.
    ///
    /// @param header its first block
    /// @param name its path
    /// @param size of its content
    private record Entry(ByteBuffer header, String name, long size) {
        /// The content fills whole blocks.
        long padded() {
            return (size + BLOCK - 1) / BLOCK * BLOCK;
        }
    }

    /// The layers of the image, from the lowest on, by the hashes of their content.
    static List<String> layers(Path tar) throws IOException {
        String configuration = texts(content(tar, MANIFEST), "Config").getFirst();
        return texts(content(tar, configuration), "diff_ids");
    }

    /// Writes it without its lowest layers.
    ///
    /// @param lowest how many
    static void without(Path tar, int lowest, FileChannel out) throws IOException {
        List<String> files = texts(content(tar, MANIFEST), "Layers");
        Set<String> dropped = new HashSet<>(files.subList(0, Math.min(lowest, files.size())));
        dropped.removeAll(files.subList(Math.min(lowest, files.size()), files.size()));
        try (DataInputStream in = open(tar)) {
            for (Optional<Entry> next = entry(in); next.isPresent(); next = entry(in)) {
                Entry entry = next.get();
                if (dropped.contains(entry.name())) {
                    in.skipNBytes(entry.padded());
                } else {
                    write(out, entry.header());
                    copy(in, entry.padded(), out);
                }
            }
        }
        write(out, ByteBuffer.allocate(2 * BLOCK));
    }

    /// The texts of the first field of this name, one or a list of them.
    private static List<String> texts(byte[] json, String field) throws IOException {
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals(field)) {
                    if (parser.nextToken() != JsonToken.START_ARRAY) {
                        return List.of(parser.getText());
                    }
                    while (parser.nextToken() == JsonToken.VALUE_STRING) {
                        texts.add(parser.getText());
                    }
                    return texts;
                }
            }
        }
        throw new IOException("no " + field + " in what docker saved");
    }

    private static byte[] content(Path tar, String name) throws IOException {
        try (DataInputStream in = open(tar)) {
            for (Optional<Entry> next = entry(in); next.isPresent(); next = entry(in)) {
                Entry entry = next.get();
                if (entry.name().equals(name)) {
                    return in.readNBytes(Math.toIntExact(entry.size()));
                }
                in.skipNBytes(entry.padded());
            }
        }
        throw new IOException(tar + " is no image that docker saved");
    }

    private static DataInputStream open(Path tar) throws IOException {
        InputStream file = Files.newInputStream(tar);
        return new DataInputStream(new BufferedInputStream(file, 1 << 16));
    }

    /// The next one; empty at the end, which is a block of zeros.
    private static Optional<Entry> entry(DataInputStream in) throws IOException {
        byte[] header = in.readNBytes(BLOCK);
        if (header.length < BLOCK || header[0] == 0) {
            return Optional.empty();
        }
        String name = text(header, 0, 100);
        String prefix = text(header, 345, 155);
        long size = Long.parseLong(text(header, 124, 12).strip(), 8);
        return Optional.of(
                new Entry(
                        ByteBuffer.wrap(header),
                        prefix.isEmpty() ? name : prefix + "/" + name,
                        size));
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private static void copy(DataInputStream in, long length, FileChannel out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = length;
        while (left > 0) {
            int part = (int) Math.min(buffer.length, left);
            in.readFully(buffer, 0, part);
            write(out, ByteBuffer.wrap(buffer, 0, part));
            left -= part;
        }
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
