package dev.tandem.load;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// Two sinks in one.
///
/// @param first is called first
/// @param second is called second
record Both(Sink first, Sink second) implements Sink {
    @Override
    public void begin(LoadPlan plan, Instant zero) throws IOException {
        first.begin(plan, zero);
        second.begin(plan, zero);
    }

    @Override
    public void add(List<RequestRecord> records) throws IOException {
        first.add(records);
        second.add(records);
    }

    @Override
    public void end(LoadResult result) throws IOException {
        first.end(result);
        second.end(result);
    }
}
