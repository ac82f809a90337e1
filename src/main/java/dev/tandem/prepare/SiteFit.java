package dev.tandem.prepare;

import dev.tandem.docker.Docker;
import dev.tandem.model.Lan;
import dev.tandem.model.Machine;
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
    /// Where a site's directory lies on each of its machines.
    private static final String ON_MACHINES = "/var/lib/tandem/";

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

    /// Looks at one of the machines of a site that stands on several.
    ///
    /// @param docker the engine of that machine
    /// @param images what that engine has
    /// @throws dev.tandem.model.Stop when it does not answer, or has no image to look with
    public static SiteFit on(Machine machine, Docker docker, Images images, SitePlace target) {
        Site site = target.site();
        HostFacts host = HostReader.read(docker, () -> image(images, target));
        LanChoice choice = LanChoice.on(site, machine, host);
        List<Obstacle> obstacles = new ArrayList<>(choice.obstacles());
        Preflight.check(site, host, docker.containers(), ON_MACHINES + site.name()).stream()
                .map(one -> new Obstacle(one.key(), machine.name() + ": " + one.what(), one.hint()))
                .forEach(obstacles::add);
        return new SiteFit(choice.lan(), obstacles);
    }

    /// An image of the balancers that the engine has, in which its machine can be looked at.
    ///
    /// @throws dev.tandem.model.Stop when it has none
    public static String image(Images images, SitePlace target) {
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
