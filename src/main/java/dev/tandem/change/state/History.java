package dev.tandem.change.state;

import dev.tandem.model.Stop;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.prepare.Staging;
import dev.tandem.render.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The changes of a site that have ended, in `history/N` of its directory: the journal of each, and
/// the state before it (`before/`), to which `rollback` returns.
public final class History {
    /// Older ones are removed.
    private static final int KEPT = 50;

    /// The verbs that change the site as a whole.
    private static final List<String> OF_SITE = List.of("up", "apply", "rollback");

    private final Path root;

    public History(SiteDirectory directory) {
        this.root = directory.root().resolve(Layout.HISTORY);
    }

    /// The number of the next change.
    public int next() {
        return numbers().stream().max(Comparator.naturalOrder()).orElse(0) + 1;
    }

    /// Keeps the journal of a change, and removes the oldest ones.
    public void keep(int number, String journal) {
        directory(number).note(Layout.JOURNAL, journal);
        List<Integer> all = numbers();
        all.stream().sorted().limit(Math.max(0, all.size() - KEPT)).forEach(this::remove);
    }

    /// Removes the states before all changes up to one, which keeps its own; their journals stay.
    ///
    /// @return how many were there
    public int purge(int first) {
        int purged = 0;
        for (int number : numbers()) {
            Path state = before(number).root();
            if (number < first && Files.isDirectory(state)) {
                try {
                    Staging.delete(state);
                } catch (IOException e) {
                    throw stopped(e);
                }
                purged++;
            }
        }
        return purged;
    }

    /// Where the state before a change is kept.
    public SiteDirectory before(int number) {
        return new SiteDirectory(root.resolve(Integer.toString(number)).resolve(Layout.BEFORE));
    }

    /// The changes, the newest first. A state kept for a change that never began has no journal and
    /// does not count.
    public List<PastChange> records() {
        return numbers().stream()
                .sorted(Comparator.reverseOrder())
                .map(number -> directory(number).read(Layout.JOURNAL))
                .filter(journal -> !journal.isEmpty())
                .map(PastChange::parse)
                .toList();
    }

    /// The last completed change of the site: the one that `rollback` takes back. Operators' orders
    /// have verbs of their own to undo them.
    public Optional<PastChange> lastDone() {
        return records().stream()
                .filter(PastChange::isDone)
                .filter(record -> OF_SITE.contains(record.verb()))
                .filter(record -> new SavedState(before(record.number())).exists())
                .findFirst();
    }

    private SiteDirectory directory(int number) {
        return new SiteDirectory(root.resolve(Integer.toString(number)));
    }

    private List<Integer> numbers() {
        try (Stream<Path> all = Files.isDirectory(root) ? Files.list(root) : Stream.of()) {
            return new ArrayList<>(
                    all.map(path -> path.getFileName().toString())
                            .filter(name -> name.matches("\\d{1,9}"))
                            .map(Integer::parseInt)
                            .toList());
        } catch (IOException e) {
            throw stopped(e);
        }
    }

    private void remove(int number) {
        try {
            Staging.delete(root.resolve(Integer.toString(number)));
        } catch (IOException e) {
            throw stopped(e);
        }
    }

    private Stop stopped(IOException e) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "cannot read or write the history in " + root,
                e.toString(),
                "this changed no container",
                "ls -ld " + root);
    }
}
