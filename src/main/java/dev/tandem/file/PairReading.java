package dev.tandem.file;

import dev.tandem.model.Pair;

/// What came of reading a pair file: the pair, or what must be changed first.
public sealed interface PairReading permits PairReading.Good, Reading.Bad {

    /// The file is right, and this is the pair that it names.
    record Good(Pair pair) implements PairReading {}
}
