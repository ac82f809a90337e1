package dev.tandem.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// The generator alone, as it is sent to another machine: the classes of this room, out of the
/// program that runs, which need no library there, and a key for the rehearsal.
public final class ProgramJar {
    /// The class to start.
    public static final String MAIN = FarProgram.class.getName();

    private static final String ROOM = "dev/tandem/load/";

    private ProgramJar() {}

    /// Its bytes.
    ///
    /// @throws IOException if the program that runs cannot be read
    public static byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            Path place = place();
            if (Files.isDirectory(place)) {
                copy(place, jar);
            } else {
                copy(new JarFile(place.toFile()), jar);
            }
            put(jar, ROOM + RehearsalKey.FILE, RehearsalKey.make());
        }
        return bytes.toByteArray();
    }

    private static Path place() throws IOException {
        try {
            return Path.of(
                    ProgramJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the program is in a place that is none", e);
        }
    }

    private static void copy(Path classes, JarOutputStream jar) throws IOException {
        try (Stream<Path> walk = Files.walk(classes.resolve(ROOM))) {
            List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                put(jar, classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    private static void copy(JarFile from, JarOutputStream jar) throws IOException {
        try (from) {
            List<JarEntry> entries =
                    from.stream()
                            .filter(one -> one.getName().startsWith(ROOM) && !one.isDirectory())
                            .toList();
            for (JarEntry entry : entries) {
                put(jar, entry.getName(), from.getInputStream(entry).readAllBytes());
            }
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
