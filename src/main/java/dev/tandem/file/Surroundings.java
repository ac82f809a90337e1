package dev.tandem.file;

import java.util.Map;
import java.util.Optional;

/// What the site file refers to outside itself.
///
/// It is an interface because reading a site must not touch the disk: a test supplies what a case
/// needs, and the command line supplies the directory of the file. Paths come as the user wrote
/// them; an implementation resolves relative ones against the site file's directory. When something
/// cannot be looked up, it answers "no" instead of throwing.
public interface Surroundings {

    /// Whether the path names a directory that can be listed.
    boolean isDirectory(String path);

    /// Whether a site lies in a directory, or below it: that of this file, or what Tandem keeps of
    /// any other.
    default boolean holdsSite(String path) {
        return false;
    }

    /// On which machine each node of a site of this name was when it was last applied; empty when
    /// it never was, or nobody knows.
    default Map<String, String> placed(String site) {
        return Map.of();
    }

    /// The content of a file; empty when it does not exist or cannot be read.
    Optional<byte[]> read(String path);

    /// Whether what a path names is looked at. It is not for a file that was applied before: what
    /// is running does not depend on it any more.
    default boolean looked() {
        return true;
    }

    /// Those of a site that was applied before: nothing is looked at.
    Surroundings OF_THE_PAST =
            new Surroundings() {
                @Override
                public boolean isDirectory(String path) {
                    return true;
                }

                @Override
                public Optional<byte[]> read(String path) {
                    return Optional.empty();
                }

                @Override
                public boolean looked() {
                    return false;
                }
            };
}
