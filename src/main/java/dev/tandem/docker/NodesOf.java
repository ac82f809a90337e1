package dev.tandem.docker;

import dev.tandem.model.Site;
import java.time.InstantSource;
import java.util.List;

/// The way to the single containers of a site, on the engine of the user or on those of its
/// machines. No machine is asked before something is asked of a container.
///
/// @param fleet the engines
/// @param await how to wait for changes of containers
/// @param clock this machine's
public record NodesOf(Fleet fleet, Await await, InstantSource clock) {
    /// Containers of the user's engine.
    public Nodes own() {
        return new Nodes(fleet.ownRunner(), await);
    }

    /// Those of a site.
    public Nodes of(Site site) {
        Runner runner = runner(site);
        return site.hasMachines()
                ? new Nodes(runner, Engine.elsewhere(runner, await))
                : new Nodes(runner, await);
    }

    /// The same, for what is said of a container.
    public Docker docker(Site site) {
        return new Docker(runner(site));
    }

    /// How the clocks of its machines differ from this one's; nothing for a site without machines.
    ///
    /// @throws dev.tandem.model.Stop when a machine does not answer
    public List<String> clocks(Site site) {
        return site.hasMachines() ? overMachines(site).clockWords() : List.of();
    }

    private Runner runner(Site site) {
        return site.hasMachines() ? overMachines(site) : fleet.ownRunner();
    }

    private SiteRunner overMachines(Site site) {
        return new SiteRunner(fleet.of(site), site, clock);
    }
}
