package dev.tandem.cli;

import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.file.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The site file that a command line concerns.
///
/// @param name its name, as typed
/// @param named whether the user named it: otherwise it is the usual one
/// @param typedIn the directory in which the command line was typed
public record SiteFile(String name, boolean named, Path typedIn) {
    /// The default of `--file`.
    static final String DEFAULT = "tandem.yaml";

    static SiteFile of(Optional<String> given, Path typedIn) {
        return new SiteFile(given.orElse(DEFAULT), given.isPresent(), typedIn);
    }

    /// Where it is.
    Path path() {
        return typedIn.resolve(name).toAbsolutePath();
    }

    /// Whether the file exists, or the user named one.
    boolean isMeant() {
        return named || Files.exists(path());
    }

    /// A command about it, as it can be typed.
    String command(String verb) {
        return "tandem " + verb + (named ? " --file " + name : "");
    }

    /// The directory that contains it.
    Path base() {
        return UserFiles.parent(path().toString());
    }

    /// Its bytes.
    ///
    /// @throws dev.tandem.model.Stop when there is no such file
    byte[] content() {
        return UserFiles.content(
                name, typedIn, "name the site file with --file, or write one: tandem init");
    }

    /// Reads a text as if it were in this file.
    Reading read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same for a text that was applied before.
    ///
    /// @param placed the machines that its nodes were on
    Reading read(String text, Map<String, String> placed) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return SiteReader.read(name, content, Placed.of(new UserFiles(base()), placed));
    }

    /// The same: the files that it names may be gone.
    Reading readApplied(String text, Map<String, String> placed) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return SiteReader.read(name, content, Placed.of(Surroundings.OF_THE_PAST, placed));
    }

    /// The same for bytes.
    Reading read(byte[] content) {
        return SiteReader.read(name, content, new UserFiles(base()));
    }
}
