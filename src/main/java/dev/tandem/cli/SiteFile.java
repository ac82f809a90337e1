package dev.tandem.cli;

import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The site file that a command line is about.
///
/// @param name as the user gave it
/// @param named whether the user did: otherwise it is the usual one
public record SiteFile(String name, boolean named) {
    /// What `--file` means when it is not given.
    static final String DEFAULT = "tandem.yaml";

    static SiteFile of(Optional<String> given) {
        return new SiteFile(given.orElse(DEFAULT), given.isPresent());
    }

    /// Whether there is one to be read, or one that the user means.
    boolean isMeant() {
        return named || Files.exists(Path.of(name));
    }

    /// The directory that it lies in.
    Path base() {
        return UserFiles.parent(name);
    }

    /// Its bytes.
    ///
    /// @throws dev.tandem.model.Stop when there is no such file
    byte[] content() {
        return UserFiles.content(
                name,
                "name the site file with --file, or start from: cp "
                        + System.getProperty("tandem.home", ".")
                        + "/tandem.yaml .");
    }

    /// A text, read as if it stood in this file.
    Reading read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same for bytes.
    Reading read(byte[] content) {
        return SiteReader.read(name, content, new UserFiles(base()));
    }
}
