package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Lan;
import dev.tandem.model.Role;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.List;
import java.util.Optional;

/// What one compose.yaml describes: all of a site, or what one of its machines holds.
///
/// @param machine the machine's name; empty: all of the site
/// @param balancers its balancers
/// @param servers its web servers
/// @param lan how the LAN is built there
record Part(Optional<String> machine, List<Balancer> balancers, List<Server.Own> servers, Lan lan) {
    static Part all(Site site, Lan lan) {
        return new Part(Optional.empty(), site.balancers(), site.ownServers(), lan);
    }

    static Part of(Site site, Lan lan, String machine) {
        return new Part(
                Optional.of(machine),
                site.balancersOn(machine),
                site.ownServersOn(machine),
                lan instanceof Lan.Machines machines ? machines.on(machine) : lan);
    }

    /// The name of a service among those of all machines: each has the host's route, and a node is
    /// on one of them.
    static String known(String service, String machine) {
        return service.equals(Role.LAN_ROUTE.word()) ? machine + "/" + service : service;
    }
}
