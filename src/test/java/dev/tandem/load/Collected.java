package dev.tandem.load;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Keeps the records of a run in memory.
final class Collected implements Sink {
    private final List<RequestRecord> records = new ArrayList<>();
    private final CountDownLatch some = new CountDownLatch(20);
    private @Nullable LoadResult result;

    static Collected of(LoadPlan plan) throws IOException, InterruptedException {
        Collected collected = new Collected();
        collected.result = Generator.run(plan, collected);
        return collected;
    }

    @Override
    public void begin(LoadPlan plan, Instant zero) {
        // Nothing to write.
    }

    @Override
    public synchronized void add(List<RequestRecord> batch) {
        records.addAll(batch);
        batch.forEach(record -> some.countDown());
    }

    @Override
    public synchronized void end(LoadResult reached) {
        result = reached;
    }

    /// Waits until twenty requests have ended.
    void awaitSome() throws InterruptedException {
        some.await();
    }

    synchronized List<RequestRecord> records() {
        return List.copyOf(records);
    }

    List<RequestRecord> records(RequestClass kind) {
        return records().stream().filter(record -> record.kind() == kind).toList();
    }

    List<String> ids() {
        return records().stream().map(RequestRecord::id).toList();
    }

    /// The outcomes, by class: `{KEPT_HTTP={OK=12}}`.
    Map<RequestClass, Map<Outcome, Long>> outcomes() {
        return records().stream()
                .collect(
                        groupingBy(
                                RequestRecord::kind,
                                TreeMap::new,
                                groupingBy(RequestRecord::outcome, TreeMap::new, counting())));
    }

    synchronized LoadResult result() {
        if (result == null) {
            throw new IllegalStateException("the run is not over");
        }
        return result;
    }
}
