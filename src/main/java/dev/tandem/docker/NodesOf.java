package dev.tandem.docker;

import dev.tandem.model.Site;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

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
        return site.hasMachines() ? over(site, overMachines(site)) : own();
    }

    /// What is known of the containers of a site beside what can be done with them.
    ///
    /// @param docker what they log, and what became of them
    /// @param clocks how the clocks of its machines differ from this one's; nothing for a site
    ///   without machines
    public record Seen(Nodes nodes, Docker docker, List<String> clocks) {}

    /// The same, and what a drill reads: over one way, whose clocks are measured now.
    ///
    /// @throws dev.tandem.model.Stop when a machine does not answer
    public Seen seen(Site site) {
        if (!site.hasMachines()) {
            return new Seen(own(), fleet.own(), List.of());
        }
        SiteRunner runner = overMachines(site);
        return new Seen(over(site, runner), new Docker(runner), runner.clockWords());
    }

    private Nodes over(Site site, SiteRunner runner) {
        SiteMachines machines = new SiteMachines(fleet, site, await);
        return new Nodes(runner, EngineHere.elsewhere(runner, await), Optional.of(machines));
    }

    private SiteRunner overMachines(Site site) {
        return new SiteRunner(() -> fleet.of(site), site, clock);
    }
}
