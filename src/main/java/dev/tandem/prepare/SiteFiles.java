package dev.tandem.prepare;

import java.util.Collection;
import java.util.SortedMap;

/// The files of a site where its containers read them: in its directory on this machine, or on the
/// machines that it stands on, of which that directory then has a copy. Paths are those in the
/// directory.
public interface SiteFiles {
    /// The SHA-256 of those of these files that exist, by path.
    SortedMap<String, String> hashes(Collection<String> paths);

    /// What Tandem last wrote: SHA-256 by path.
    SortedMap<String, String> written();

    /// A file's text, as it was last written; empty when there is no such file.
    String read(String path);

    /// Takes files over from another state of the same site, each in one move, with its
    /// permissions; a file that does not exist there is removed.
    void install(SiteDirectory source, Collection<String> paths);

    /// Writes a file, whole or not at all.
    void note(String path, String text);
}
