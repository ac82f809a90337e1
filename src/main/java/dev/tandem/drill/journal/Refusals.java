package dev.tandem.drill.journal;

import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.journal.OpenFaults.Entry;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Why a fault is not injected.
final class Refusals {
    private Refusals() {}

    /// @param mine the faults that this drill has open
    /// @throws Stop if a fault must not be injected beside what is open
    static void check(List<Entry> open, Set<String> mine, Fault fault, Company company) {
        for (Entry entry : open) {
            switch (entry) {
                case Entry.Garbled it -> throw unreadable(List.of(it), List.of());
                case Entry.Known it -> {
                    String name = it.open().fault();
                    if (!mine.contains(name)) {
                        throw leftBehind(it);
                    }
                    if (company == Company.ALONE || name.equals(fault.name())) {
                        throw twoAtOnce(fault, name);
                    }
                }
            }
        }
    }

    private static Stop twoAtOnce(Fault fault, String open) {
        return new Stop(
                Stop.Kind.REFUSED,
                fault.name() + " is not injected",
                open + " is open: two things are not broken at once unless the drill says so",
                open + " is injected; nothing else was broken",
                "run one fault after the other");
    }

    private static Stop leftBehind(Entry.Known entry) {
        return new Stop(
                Stop.Kind.REFUSED,
                "no fault is injected while one is open",
                entry.open().fault()
                        + ", opened by process "
                        + entry.open().process()
                        + ", is in "
                        + entry.file(),
                "nothing was broken by this call",
                "let it be healed first: run tandem drill again");
    }

    static Stop unreadable(List<Entry.Garbled> entries, List<String> healed) {
        return new Stop(
                Stop.Kind.REFUSED,
                "the journal of open faults cannot be read",
                entries.stream()
                        .map(entry -> entry.file() + ": " + entry.reason())
                        .collect(Collectors.joining("\n")),
                healed.isEmpty()
                        ? "a fault may be open; nothing was changed"
                        : "a fault may be open; these were healed: " + String.join(", ", healed),
                "find what is broken (tandem status; docker ps --all), repair it, and remove: "
                        + entries.stream()
                                .map(entry -> entry.file().toString())
                                .collect(Collectors.joining(" ")));
    }

    static Stop underWay(Path directory) {
        return new Stop(
                Stop.Kind.REFUSED,
                "another drill is under way",
                "a running process holds the lock in " + directory,
                "this call changed nothing",
                "wait for it to end: fuser -v " + directory.resolve(OpenFaults.LOCK));
    }

    static Stop unwritten(Path file, IOException problem) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "the fault could not be recorded, so it is not injected",
                problem.toString(),
                "nothing was broken",
                "df -h " + file.toAbsolutePath().getParent());
    }

    static Stop obstacle(Fault fault, String reason) {
        return new Stop(
                Stop.Kind.REFUSED,
                fault.name() + " cannot be done here",
                reason,
                "nothing was broken",
                "choose another: tandem drill --list");
    }
}
