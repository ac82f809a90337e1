package dev.tandem.importing;

import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.file.Surroundings;
import dev.tandem.model.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A pair that is imported: a directory with its haproxy.cfg and, where it has one, its
/// keepalived.conf. All of them were written for these tests, with what public ones have.
///
/// @param directory where they are
public record ImportCase(Path directory) {
    private static final Path CASES =
            Path.of(System.getProperty("tandem.home", "."), "src/test/golden/import");

    /// The certificate of `www.pem` is there, no other file is.
    private static final Surroundings FILES =
            new Surroundings() {
                private final byte[] both =
                        new FakeSurroundings().read("together.pem").orElseThrow();

                @Override
                public boolean isDirectory(String path) {
                    return false;
                }

                @Override
                public Optional<byte[]> read(String path) {
                    return path.endsWith("www.pem") ? Optional.of(both.clone()) : Optional.empty();
                }
            };

    /// All of them, by name.
    public static List<ImportCase> all() {
        try (Stream<Path> cases = Files.list(CASES)) {
            return cases.sorted().map(ImportCase::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its name.
    public String name() {
        return directory.getFileName().toString();
    }

    /// The text of its haproxy.cfg.
    public String haproxy() {
        return text("haproxy.cfg").orElseThrow();
    }

    /// That of its keepalived.conf.
    public Optional<String> keepalived() {
        return text("keepalived.conf");
    }

    private Optional<String> text(String name) {
        Path file = directory.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The case, imported.
    public Imported imported() {
        return imported(haproxy(), keepalived());
    }

    static Imported imported(String haproxy, Optional<String> keepalived) {
        return new Importer("tandem.schema.json", FILES).read(haproxy, keepalived);
    }

    /// A site file, read where these files are.
    ///
    /// @throws AssertionError when it is wrong
    static Site site(String yaml) {
        byte[] content = yaml.getBytes(StandardCharsets.UTF_8);
        return switch (SiteReader.read("tandem.yaml", content, FILES)) {
            case Reading.Good(Site site) -> site;
            case Reading.Bad bad -> throw new AssertionError(bad.render() + "\n" + yaml);
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
