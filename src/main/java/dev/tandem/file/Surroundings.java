package dev.tandem.file;

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

    /// The content of a file; empty when it does not exist or cannot be read.
    Optional<byte[]> read(String path);
}
