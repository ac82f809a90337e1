package dev.tandem.load;

/// The counts of one thread of the generator.
///
/// @param lags how late it took up its requests
/// @param notices how late it looked at connections on which something had happened, at most
/// @param longestStall the longest time without a look at its schedule, in nanoseconds
/// @param ownFaults requests that this machine could not send
/// @param connections connections that could carry a request
/// @param lostInSilence connections that were lost while they carried no request
record Tally(
        LagHistogram lags,
        LagHistogram notices,
        long longestStall,
        long ownFaults,
        long connections,
        long lostInSilence) {
    static Tally none() {
        return new Tally(new LagHistogram(), new LagHistogram(), 0, 0, 0, 0);
    }

    Tally plus(Tally other) {
        return new Tally(
                lags.plus(other.lags),
                notices.plus(other.notices),
                Math.max(longestStall, other.longestStall),
                ownFaults + other.ownFaults,
                connections + other.connections,
                lostInSilence + other.lostInSilence);
    }
}
