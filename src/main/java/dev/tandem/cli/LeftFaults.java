package dev.tandem.cli;

import dev.tandem.deploy.Target;
import dev.tandem.docker.Nodes;
import dev.tandem.drill.Faults;
import dev.tandem.drill.OpenFaults;
import java.time.Duration;

/// Heals what a drill left broken because it was killed: the next call that looks at the site, or
/// changes it, finds it in the journal. A drill that still runs is left alone.
public final class LeftFaults {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Console console;
    private final Nodes nodes;

    public LeftFaults(Console console, Nodes nodes) {
        this.console = console;
        this.nodes = nodes;
    }

    /// The journal of a site.
    OpenFaults journal(Target target) {
        return new OpenFaults(
                target.directory().root().resolve("faults"), Faults.known(), PATIENCE);
    }

    /// Heals what there is, and says so.
    void heal(Target target) {
        OpenFaults journal = journal(target);
        if (!journal.entries(nodes).isEmpty() && !journal.underWay()) {
            journal.healAll(nodes)
                    .forEach(name -> console.remark("healed what a drill left behind: " + name));
        }
    }
}
