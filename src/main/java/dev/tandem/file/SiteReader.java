package dev.tandem.file;

import dev.tandem.file.yaml.Document;
import dev.tandem.model.Site;

/// Reads a site file: the entry point of this package.
///
/// Every input has a result: {@link Reading.Good} with the complete site, or {@link Reading.Bad}
/// with all problems. There is no third, and no exception.
public final class SiteReader {
    private SiteReader() {}

    /// Reads one file.
    ///
    /// @param file the name to show in problems, as the user gave it
    /// @param content the bytes of the file
    /// @param surroundings the files and directories that it refers to
    public static Reading read(String file, byte[] content, Surroundings surroundings) {
        Document<Site> read =
                Document.read(
                        Keys.FILE,
                        file,
                        content,
                        (root, problems) -> SiteBinder.bind(root, problems, surroundings));
        return read.value().isPresent()
                ? new Reading.Good(read.value().get())
                : new Reading.Bad(read.problems());
    }
}
