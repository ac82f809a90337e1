package dev.tandem.file;

import dev.tandem.file.yaml.Document;
import dev.tandem.model.Pair;

/// Reads a pair file, with the same care as {@link SiteReader} reads a site file.
public final class PairReader {
    private PairReader() {}

    /// Reads one file.
    ///
    /// @param file the name to show in problems, as the user gave it
    /// @param content the bytes of the file
    /// @param surroundings the files that it refers to
    public static PairReading read(String file, byte[] content, Surroundings surroundings) {
        Document<Pair> read =
                Document.read(
                        PairKeys.FILE,
                        file,
                        content,
                        (root, problems) -> PairBinder.bind(root, problems, surroundings));
        return read.value().isPresent()
                ? new PairReading.Good(read.value().get())
                : new Reading.Bad(read.problems());
    }
}
