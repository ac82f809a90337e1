package dev.tandem.file;

import dev.tandem.model.Pair;

/// The result of reading a pair file: the pair, or what must be changed first.
public sealed interface PairReading permits PairReading.Good, Reading.Bad {

    /// The file is correct, and this is its pair.
    record Good(Pair pair) implements PairReading {}
}
