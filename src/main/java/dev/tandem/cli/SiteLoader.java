package dev.tandem.cli;

import dev.tandem.file.PairReader;
import dev.tandem.file.PairReading;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.file.Surroundings;
import dev.tandem.model.Pair;
import dev.tandem.model.Stop;
import dev.tandem.prepare.SitePlace;
import dev.tandem.render.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// Reads the site file that a verb was given.
final class SiteLoader {
    /// What `--file` means when it is not given.
    static final String DEFAULT = "tandem.yaml";

    /// A site file is a screen long; what is this much larger is something else.
    private static final int LARGEST = 1 << 20;

    private SiteLoader() {}

    /// The name of the site file, as the user gave it.
    static String name(ParseResult arguments) {
        return arguments.matchedOptionValue("--file", DEFAULT);
    }

    /// The directory that the site file lies in.
    static Path base(ParseResult arguments) {
        return parent(name(arguments));
    }

    /// The directory of what is drilled: that of the pair file, or of the site file.
    static Path directory(ParseResult arguments) {
        return arguments.hasMatchedOption("--pair")
                ? parent(arguments.matchedOptionValue("--pair", DEFAULT))
                : base(arguments);
    }

    private static Path parent(String file) {
        Path parent = Path.of(file).toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    /// The site, in its usual place.
    ///
    /// @throws WrongSite when the file has problems
    /// @throws Stop when there is no such file
    static SitePlace load(ParseResult arguments) {
        String name = name(arguments);
        Path base = base(arguments);
        return switch (SiteReader.read(name, content(name), new Disk(base))) {
            case Reading.Good(var site) -> SitePlace.beside(base, site);
            case Reading.Bad bad -> throw new WrongSite(bad);
        };
    }

    /// The text of the site file.
    ///
    /// @throws Stop when there is no such file
    static String text(ParseResult arguments) {
        return new String(content(name(arguments)), StandardCharsets.UTF_8);
    }

    /// Another text than that of the site file, read as if it stood there.
    static Reading read(ParseResult arguments, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return SiteReader.read(name(arguments), bytes, new Disk(base(arguments)));
    }

    /// A pair file, and the directory that it lies in.
    record PairFile(Pair pair, Path base) {
        /// Where its runs and its journal are.
        Path root() {
            return base.resolve(Layout.PARENT).resolve(Layout.PAIRS).resolve(pair.name());
        }
    }

    /// The pair of a pair file.
    ///
    /// @throws WrongSite when the file has problems
    /// @throws Stop when there is no such file
    static PairFile pair(String name) {
        Path base = parent(name);
        String next = "write one: docs/reference/pair.yaml.md says how";
        return switch (PairReader.read(name, content(name, next), new Disk(base))) {
            case PairReading.Good(Pair pair) -> new PairFile(pair, base);
            case Reading.Bad bad -> throw new WrongSite(bad);
        };
    }

    private static byte[] content(String name) {
        return content(
                name,
                "name the site file with --file, or begin with: cp "
                        + System.getProperty("tandem.home", ".")
                        + "/tandem.yaml .");
    }

    private static byte[] content(String name, String next) {
        try (var stream = Files.newInputStream(Path.of(name))) {
            return stream.readNBytes(LARGEST);
        } catch (IOException e) {
            throw new Stop(
                    Stop.Kind.SITE_FILE,
                    "cannot read " + name,
                    Files.exists(Path.of(name)) ? e.toString() : "there is no such file",
                    "nothing was started or changed",
                    next);
        }
    }

    /// The site file, or the pair file, has problems.
    static final class WrongSite extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Reading.Bad bad;

        WrongSite(Reading.Bad bad) {
            super("the file has problems");
            this.bad = bad;
        }

        /// The problems.
        Reading.Bad bad() {
            return bad;
        }
    }

    /// The directory of the site file, as the reader looks into it.
    private record Disk(Path base) implements Surroundings {
        @Override
        public boolean isDirectory(String path) {
            try {
                Path resolved = base.resolve(path);
                return Files.isDirectory(resolved) && Files.isReadable(resolved);
            } catch (InvalidPathException e) {
                return false;
            }
        }

        @Override
        public Optional<byte[]> read(String path) {
            try (var stream = Files.newInputStream(base.resolve(path))) {
                return Optional.of(stream.readNBytes(LARGEST));
            } catch (IOException | InvalidPathException e) {
                return Optional.empty();
            }
        }
    }
}
