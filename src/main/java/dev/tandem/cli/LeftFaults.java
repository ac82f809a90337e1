package dev.tandem.cli;

import dev.tandem.docker.Nodes;
import dev.tandem.docker.NodesOf;
import dev.tandem.drill.fault.Faults;
import dev.tandem.drill.journal.OpenFaults;
import dev.tandem.prepare.SitePlace;
import dev.tandem.render.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Heals what a drill left broken because it was killed: the next call that inspects or changes the
/// site finds it in the journal. A drill that is still running is left alone.
public final class LeftFaults {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Console console;
    private final NodesOf nodes;
    private final InstantSource clock;

    public LeftFaults(Console console, NodesOf nodes, InstantSource clock) {
        this.console = console;
        this.nodes = nodes;
        this.clock = clock;
    }

    /// The journal of a site, or of a pair.
    ///
    /// @param root where its runs are kept, too
    OpenFaults journal(Path root) {
        return new OpenFaults(root.resolve(Layout.FAULTS), Faults.known(), PATIENCE, clock);
    }

    /// Heals the open faults of a site, and says so.
    void heal(SitePlace target) {
        if (isKnown(target.directory().root())) {
            heal(target.directory().root(), nodes.of(target.site()));
        }
    }

    /// The same for a pair.
    void heal(Path root) {
        if (isKnown(root)) {
            heal(root, nodes.own());
        }
    }

    /// Most sites never had a drill. Who knows all faults only to find none takes longer than
    /// everything else in a `status`.
    private static boolean isKnown(Path root) {
        return Files.isDirectory(root.resolve(Layout.FAULTS));
    }

    private void heal(Path root, Nodes containers) {
        OpenFaults journal = journal(root);
        if (!journal.entries(containers).isEmpty() && !journal.underWay()) {
            journal.healAll(containers)
                    .forEach(name -> console.remark("healed what a drill left behind: " + name));
        }
    }

    /// The faults that a drill has, or has left, open on a site; heals nothing.
    List<String> open(SitePlace target) {
        OpenFaults journal = journal(target.directory().root());
        return journal.entries(nodes.of(target.site())).stream()
                .map(entry ->
                        switch (entry) {
                            case OpenFaults.Entry.Known known -> known.open().fault();
                            case OpenFaults.Entry.Garbled garbled ->
                                    garbled.file() + " cannot be read";
                        })
                .toList();
    }
}
