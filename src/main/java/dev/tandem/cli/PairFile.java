package dev.tandem.cli;

import dev.tandem.file.PairReader;
import dev.tandem.file.PairReading;
import dev.tandem.file.Reading;
import dev.tandem.model.Pair;
import dev.tandem.render.Layout;
import java.nio.file.Path;

/// A pair file, and the directory that contains it.
record PairFile(Pair pair, Path base) {
    /// Reads it.
    ///
    /// @throws WrongSite when the file has problems
    /// @throws dev.tandem.model.Stop when there is no such file
    static PairFile of(String name) {
        Path base = UserFiles.parent(name);
        byte[] content = UserFiles.content(name, "write one: docs/reference/pair.yaml.md says how");
        return switch (PairReader.read(name, content, new UserFiles(base))) {
            case PairReading.Good(Pair pair) -> new PairFile(pair, base);
            case Reading.Bad bad -> throw new WrongSite(bad);
        };
    }

    /// The directory of its runs and its journal.
    Path root() {
        return base.resolve(Layout.PARENT).resolve(Layout.PAIRS).resolve(pair.name());
    }
}
