package dev.tandem.prepare;

import dev.tandem.docker.Docker;
import dev.tandem.docker.SiteEngines;
import dev.tandem.model.Role;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.render.Setting;
import dev.tandem.text.Progress;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The images of a site where its nodes run: on the only engine, or on each machine.
///
/// @param images what is built, and under which names
/// @param docker the engine that builds
/// @param engines those of a site
record ImagesThere(
        Images images, Docker docker, Function<Site, SiteEngines> engines, Progress progress) {
    /// The image in which the machines of a site are looked at: each has it then.
    String toLook(SitePlace target) {
        SentImages sent = sent(target.site());
        String image = images.of(target.directory()).balancer();
        SentImages.Ids ids = sent.ids(image);
        if (ids.areTheSame()) {
            return image;
        }
        String there = ids.isAny() ? image : images.ensureBalancer(progress);
        sent.ensure(there, docker);
        return there;
    }

    /// The images that a site is to run: each of its machines has them then.
    Setting.Images ensure(SitePlace target) {
        Supplier<Setting.Images> made = () -> images.ensure(target.directory(), progress);
        if (!target.site().hasMachines()) {
            return made.get();
        }
        SentImages sent = sent(target.site());
        Setting.Images named = images.of(target.directory());
        SentImages.Ids balancer = sent.ids(named.balancer());
        SentImages.Ids web = sent.ids(named.web());
        if (balancer.areTheSame() && web.areTheSame()) {
            return named;
        }
        Setting.Images run = balancer.isAny() && web.isAny() ? named : made.get();
        sent.ensure(run, docker);
        return run;
    }

    /// The same, rebuilt.
    Setting.Images refresh(SitePlace target) {
        Setting.Images made = images.refresh(target.directory(), progress);
        if (target.site().hasMachines()) {
            sent(target.site()).ensure(made, docker);
        }
        return made;
    }

    /// Refuses a state whose images are gone.
    void require(Site site, SiteDirectory state) {
        Predicate<String> has =
                site.hasMachines() ? image -> sent(site).ids(image).isAny() : docker::hasImage;
        List<String> noted =
                Stream.of(Role.BALANCER, Role.WEB)
                        .flatMap(role -> ImageNote.read(state, role).stream())
                        .toList();
        List<String> gone = noted.stream().filter(has.negate()).toList();
        if (!gone.isEmpty()) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "the images of that state are gone",
                    String.join(" and ", gone) + ": somebody removed what no container runs",
                    "nothing was changed",
                    "tandem history; to change the site to something else: tandem apply");
        }
        if (site.hasMachines()) {
            noted.forEach(image -> sent(site).ensure(image, docker));
        }
    }

    private SentImages sent(Site site) {
        OverMachines over = new OverMachines(site, engines.apply(site));
        return new SentImages(over.engines(), over.asked(), progress);
    }
}
