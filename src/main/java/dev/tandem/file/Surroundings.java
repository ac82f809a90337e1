package dev.tandem.file;

import java.util.Optional;

/// What the site file refers to outside of itself.
///
/// An interface, because reading a site must not touch the disk by itself: a test gives what a case
/// needs, and the command line gives the directory in which the file lies. Paths come as the user
/// wrote them, so an implementation resolves relative ones against the site file's directory. It
/// answers "no" instead of throwing when something cannot be looked up.
public interface Surroundings {

    /// Whether the path names a directory that can be listed.
    boolean isDirectory(String path);

    /// What the file holds; empty when there is none, or it cannot be read.
    Optional<byte[]> read(String path);
}
