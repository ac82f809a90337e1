package dev.tandem.docker;

import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import java.util.List;
import java.util.Optional;

/// The machines of a site, for who does something to one as a whole: a drill.
///
/// @param fleet the ways to them
/// @param await how to wait for one
public record SiteMachines(Fleet fleet, Site site, Await await) {
    /// Their names, in the order of the file.
    public List<String> names() {
        return site.machines().stream().map(Machine::name).toList();
    }

    /// The machine that a node is to be on.
    public Optional<String> of(String node) {
        return Optional.ofNullable(site.places().get(node));
    }

    /// One of them.
    ///
    /// @throws IllegalArgumentException when the site has no such machine
    public SiteMachine machine(String name) {
        return site.machines().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .map(one -> new SiteMachine(fleet, site, one, await))
                .orElseThrow(() -> new IllegalArgumentException("no machine " + name));
    }
}
