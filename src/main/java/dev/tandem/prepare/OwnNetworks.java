package dev.tandem.prepare;

import dev.tandem.docker.DockerNetwork;
import dev.tandem.model.Lan;
import dev.tandem.model.Network;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.HostFacts;
import java.util.List;
import java.util.Optional;

/// The networks that an engine has of a site already. Docker cannot change one that is in use.
final class OwnNetworks {
    private OwnNetworks() {}

    /// @param lan how the LAN is to be built there
    /// @throws Stop when one of them is not as wanted
    static void refuseOthers(Site site, Lan lan, HostFacts host) {
        host.networks().stream()
                .filter(network -> network.project().equals(site.name()))
                .filter(network -> !asWanted(site, lan, network))
                .findFirst()
                .ifPresent(OwnNetworks::refuse);
    }

    private static boolean asWanted(Site site, Lan lan, DockerNetwork seen) {
        Optional<Network> own =
                site.network().filter(network -> seen.name().equals(network.name()));
        if (own.isPresent()) {
            return seen.subnets().equals(List.of(own.get().subnet()));
        }
        return seen.name().equals(site.name() + "_lan")
                && seen.subnets().equals(List.of(site.vip().subnet()))
                && switch (lan) {
                    case Lan.Bridge() -> seen.driver().equals("bridge");
                    case Lan.Macvlan macvlan -> seen.parent().equals(macvlan.parent());
                    case Lan.Machines _ -> false;
                };
    }

    private static void refuse(DockerNetwork network) {
        throw new Stop(
                Stop.Kind.REFUSED,
                "network "
                        + network.name()
                        + " has to change, and Docker cannot change a network"
                        + " that is in use",
                network.name() + " is " + network.driver() + " " + network.subnets(),
                "nothing was changed; the site runs as before",
                "tandem down && tandem up    (the site does not answer in between)");
    }
}
