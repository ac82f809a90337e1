package dev.tandem.prepare;

import dev.tandem.docker.Docker;
import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.HostFacts;
import dev.tandem.observe.HostReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a site and this machine fit together: what `up` checks before it starts anything, for
/// read-only use.
///
/// @param lan how the LAN is built, or would be; empty when it cannot be
/// @param obstacles what is in the way
public record SiteFit(Optional<Lan> lan, List<Obstacle> obstacles) {
    public SiteFit {
        obstacles = List.copyOf(obstacles);
    }

    /// Looks now. The site's own networks and containers are not obstacles.
    ///
    /// @throws dev.tandem.model.Stop when the engine does not answer
    public static SiteFit look(Docker docker, Images images, SitePlace target) {
        HostFacts host = HostReader.read(docker, () -> image(images, target));
        LanChoice choice = LanChoice.choose(target.site(), host);
        List<Obstacle> obstacles = new ArrayList<>(choice.obstacles());
        String directory = target.directory().root().toAbsolutePath().normalize().toString();
        obstacles.addAll(Preflight.check(target.site(), host, docker.containers(), directory));
        return new SiteFit(choice.lan().or(() -> LanNote.read(target.directory())), obstacles);
    }

    private static String image(Images images, SitePlace target) {
        return images.toLook(target.directory())
                .orElseThrow(() ->
                        new Stop(
                                Stop.Kind.ENVIRONMENT,
                                "the network of the engine's machine is not known",
                                "it is looked at in the balancers' image, which is not"
                                        + " there yet",
                                "nothing was changed",
                                "tandem up"));
    }

    /// The addresses of the site for which some machine on the LAN answers. Only meaningful while
    /// no balancer of the site is running: the balancers themselves would answer.
    ///
    /// @throws dev.tandem.model.Stop when the LAN could not be asked
    public static List<Obstacle> taken(Docker docker, Images images, Site site, Lan.Macvlan lan) {
        return new WireProbe(docker, images.newest().balancer())
                .ask(WireProbe.addresses(site), lan);
    }
}
