package dev.tandem.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Finds the files of this repository that tests read.
final class Repository {
    private Repository() {}

    static Path path(String relative) {
        return Path.of(System.getProperty("tandem.home", ".")).resolve(relative);
    }

    static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String text(Path path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    static void write(Path path, String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The content of a directory, by name.
    static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// A test for each golden case in a directory, named after the case.
    static Stream<DynamicTest> cases(Path cases, Consumer<Path> test) {
        return list(cases).stream()
                .map(one ->
                        DynamicTest.dynamicTest(
                                one.getFileName().toString().replace('-', ' '),
                                () -> test.accept(one)));
    }

    /// The messages of all golden cases in files of this name: one per line, without the position.
    static String messages(Path cases, String file) {
        return list(cases).stream()
                .map(one -> text(one.resolve("expected.txt")))
                .flatMap(String::lines)
                .filter(line -> line.startsWith(file + ":"))
                .map(line -> line.replaceFirst("^[^:]+:\\d+:\\d+: ", ""))
                .collect(Collectors.joining("\n"));
    }
}
