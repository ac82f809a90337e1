package dev.tandem.prepare;

import dev.tandem.certificate.Certificates;
import dev.tandem.docker.Container;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.SiteEngines;
import dev.tandem.model.Lan;
import dev.tandem.model.Orders;
import dev.tandem.model.Role;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.HostFacts;
import dev.tandem.observe.HostReader;
import dev.tandem.render.Layout;
import dev.tandem.render.Notes;
import dev.tandem.render.Renderer;
import dev.tandem.render.Rendering;
import dev.tandem.render.Setting;
import dev.tandem.text.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Prepares the next state of a site, up to the point where something running would change: looks
/// at this machine, builds images, and makes certificates and files in a staging directory ({@link
/// Staging}), where the real programs judge them. Package `change` carries it out.
public final class Preparation {
    /// What {@link #next} notes beside the files; the notes belong to a state as the files do.
    public static final List<String> NOTES =
            List.of(Notes.LAN, Notes.IMAGES, Notes.CERTIFICATE_ENDS);

    private final Docker docker;
    private final Function<Site, SiteEngines> engines;
    private final Images images;
    private final Progress progress;
    private final SecureRandom random = new SecureRandom();
    private final SiteCertificates certificates;

    /// On one engine: for sites without machines.
    public Preparation(Docker docker, Images images, Progress progress, Clock clock) {
        this(docker, site -> SiteEngines.only(site, docker), images, progress, clock);
    }

    /// On the engines of sites.
    public Preparation(Fleet fleet, Images images, Progress progress, Clock clock) {
        this(fleet.own(), fleet::of, images, progress, clock);
    }

    private Preparation(
            Docker docker,
            Function<Site, SiteEngines> engines,
            Images images,
            Progress progress,
            Clock clock) {
        this.docker = docker;
        this.engines = engines;
        this.images = images;
        this.progress = progress;
        this.certificates = new SiteCertificates(clock, random);
    }

    /// Looks at the engine's machine and decides how to build the LAN.
    ///
    /// @throws Stop when the site cannot run here; nothing has been changed
    public Lan look(SitePlace target) {
        if (target.site().hasMachines()) {
            Map<String, Lan.Macvlan> known =
                    lan(target).orElse(null) instanceof Lan.Machines built
                            ? built.each()
                            : Map.of();
            return over(target.site()).look(there().toLook(target), known);
        }
        HostFacts host = HostReader.read(docker, () -> imageToLook(target));
        return free(target, host, docker.containers());
    }

    private OverMachines over(Site site) {
        return new OverMachines(site, engines.apply(site));
    }

    private ImagesThere there() {
        return new ImagesThere(images, docker, engines, progress);
    }

    /// An engine on another machine is looked at in this image: it has to be there first.
    private String imageToLook(SitePlace target) {
        return images.toLook(target.directory()).orElseGet(() -> images.ensureBalancer(progress));
    }

    /// Asks the LAN whether the addresses are free, unless no other machine can have them or a
    /// balancer of the site already does.
    ///
    /// @param applied the site as it was last applied: while a balancer is running, the site itself
    ///   uses its addresses
    /// @throws Stop when one is taken
    public void askTheLan(SitePlace target, Lan lan, Site applied) {
        Site site = target.site();
        if (lan instanceof Lan.Machines machines) {
            progress.begin("checking on the LAN whether the addresses are free");
            String image = images.of(target.directory()).balancer();
            over(site).askTheLan(machines, applied, image);
        }
        if (!(lan instanceof Lan.Macvlan macvlan)) {
            return;
        }
        Map<String, String> addresses =
                noBalancerRuns(site, docker.containers())
                        ? WireProbe.addresses(site)
                        : WireProbe.newAddresses(site, applied);
        if (!addresses.isEmpty()) {
            progress.begin("checking on the LAN whether the addresses are free");
            refuse(new WireProbe(docker, images.newest().balancer()).ask(addresses, macvlan));
        }
    }

    /// Builds the images that are missing; returns those that the site is to run.
    public Setting.Images ensureImages(SitePlace target) {
        return there().ensure(target);
    }

    /// Makes them from scratch, out of the packages of today.
    public Setting.Images refreshImages(SitePlace target) {
        return there().refresh(target);
    }

    /// Refuses a state whose images are gone.
    ///
    /// @param site what it is a state of
    /// @param state a state of the past
    public void requireImages(Site site, SiteDirectory state) {
        there().require(site, state);
    }

    /// The next state of a site, made in a staging directory.
    ///
    /// @param staging that directory, which exists until it is closed
    /// @param rendering its files
    /// @param setting what they were rendered with
    /// @param made the certificates that were made or renewed
    public record Next(Staging staging, Rendering rendering, Setting setting, List<String> made)
            implements AutoCloseable {
        /// The staging directory.
        public SiteDirectory directory() {
            return staging.next();
        }

        @Override
        public void close() {
            staging.close();
        }
    }

    /// Makes the next state in a staging directory: certificates, all files, and the notes beside
    /// them.
    ///
    /// @param run the images that its containers run
    /// @param place the name of that directory, below the site's
    public Next next(SitePlace target, Lan lan, Setting.Images run, Orders orders, String place) {
        target.directory().keepPrivate();
        Staging staging = Staging.of(target.directory(), place);
        SitePlace next = new SitePlace(target.site(), target.base(), staging.next());
        Certificates certificates = this.certificates.of(next, target.directory());
        List<String> made = SiteCertificates.ensure(certificates, next);
        boolean kept = place.equals(Layout.NEXT);
        if (kept) {
            certificates.keepAccount(target.site());
        }
        DrillSecret secret =
                kept
                        ? DrillSecret.of(target.directory(), random)
                        : DrillSecret.shown(target.directory(), random);
        secret.give(target.site(), staging.next());
        MachineCertificates.place(target.site(), staging.next());
        Setting setting = setting(target, lan, run, certificates);
        Rendering rendering = Renderer.render(target.site(), setting, orders);
        staging.next().write(rendering);
        LanNote.write(staging.next(), lan);
        ImageNote.write(staging.next(), run);
        SiteCertificates.noteEnd(certificates, staging.next());
        return new Next(staging, rendering, setting, made);
    }

    /// Puts today's certificates into a state of the past that is to become the next one; those
    /// that do not fit its site are made again.
    ///
    /// @param next that state, in a staging directory
    /// @param present what the site has now
    /// @return the certificates that were made
    public List<String> keepCertificates(SitePlace next, SiteDirectory present) {
        List<String> today =
                new SiteDirectory(present.tls()).paths().stream().map(Layout.Tls::path).toList();
        next.directory().install(present, today);
        Certificates certificates = this.certificates.of(next, present);
        List<String> made = SiteCertificates.ensure(certificates, next);
        MachineCertificates.place(next.site(), next.directory());
        SiteCertificates.noteEnd(certificates, next.directory());
        return made;
    }

    /// Has the real programs judge the next state, in the images that will run it. Over machines it
    /// lies aside on each of them by then.
    ///
    /// @throws Stop when one of them does not accept it
    public void check(SitePlace target, Next next) {
        progress.begin("checking the configuration with HAProxy, Keepalived and Nginx");
        if (target.site().hasMachines()) {
            over(target.site()).check(next.directory(), next.setting().images());
            return;
        }
        SitePlace aside = new SitePlace(target.site(), target.base(), next.directory());
        new ConfigurationCheck(docker)
                .check(aside, next.rendering(), next.setting(), target.directory());
    }

    /// Renders into the target's directory without starting anything, certificates included.
    /// Returns the files that were written.
    public List<String> render(SitePlace target) {
        Lan lan = lanToRender(target);
        Certificates certificates = this.certificates.of(target, target.directory());
        SiteCertificates.ensure(certificates, target);
        certificates.keepAccount(target.site());
        DrillSecret.of(target.directory(), random).give(target.site(), target.directory());
        MachineCertificates.place(target.site(), target.directory());
        Setting.Images run = images(target.directory());
        Rendering rendering =
                Renderer.render(target.site(), setting(target, lan, run, certificates));
        if (target.inItsPlace()) {
            LanNote.write(target.directory(), lan);
            ImageNote.write(target.directory(), run);
        }
        return target.directory().write(rendering);
    }

    /// Has the real programs judge the site, in a temporary directory.
    ///
    /// @throws Stop when one of them does not accept its configuration
    public void judge(SitePlace target) {
        try {
            Path scratch = Files.createTempDirectory("tandem-validate");
            try {
                SitePlace aside =
                        new SitePlace(target.site(), target.base(), new SiteDirectory(scratch));
                Lan lan = lanWithoutStarting(aside);
                Certificates certificates = this.certificates.of(aside, aside.directory());
                SiteCertificates.ensure(certificates, aside);
                DrillSecret.of(aside.directory(), random).give(aside.site(), aside.directory());
                MachineCertificates.place(aside.site(), aside.directory());
                Setting setting = setting(aside, lan, images(target.directory()), certificates);
                Rendering rendering = Renderer.render(aside.site(), setting);
                aside.directory().write(rendering);
                new ConfigurationCheck(docker).check(aside, rendering, setting, aside.directory());
            } finally {
                Staging.delete(scratch);
            }
        } catch (IOException e) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "cannot write to the directory for temporary files",
                    e.toString(),
                    "nothing was started or changed",
                    "df -h " + System.getProperty("java.io.tmpdir"));
        }
    }

    /// What the site would be made from now.
    ///
    /// @param lan the LAN as it was built
    public Rendering wanted(SitePlace target, Lan lan, Orders orders) {
        Setting.Images run = images(target.directory());
        Certificates present = certificates.of(target, target.directory());
        return Renderer.render(target.site(), setting(target, lan, run, present), orders);
    }

    /// When the certificate that clients see expires, as noted when it was made; empty text: there
    /// is none yet.
    public String certificateEnds(SitePlace target) {
        return target.directory().read(Notes.CERTIFICATE_ENDS).strip();
    }

    /// What the balancers answer to a CA that asks; empty when none does.
    public Optional<String> challenge(SitePlace target) {
        return certificates.of(target, target.directory()).challenge(target.site());
    }

    /// The certificate that clients see; empty when none can be read.
    public Optional<X509Certificate> siteCertificate(SitePlace target) {
        return certificates.of(target, target.directory()).siteCertificate();
    }

    /// Renders and discards the result: for a rehearsal, see the verb of that name.
    public void rehearse(SitePlace target) {
        Certificates present = certificates.of(target, target.directory());
        Setting setting = setting(target, new Lan.Bridge(), images.wanted(), present);
        Renderer.render(target.site(), setting);
    }

    /// How the LAN was built when the site was brought up; empty if it never was.
    public Optional<Lan> lan(SitePlace target) {
        return LanNote.read(target.directory());
    }

    /// The LAN as it would be built here. Obstacles to starting the site are ignored when only
    /// files are written: they may be meant for another machine.
    private static Lan lanWithoutStarting(SitePlace target) {
        Site site = target.site();
        if (site.hasMachines()) {
            return LanChoice.elsewhere(site);
        }
        HostFacts host = HostReader.read(List.of());
        return LanChoice.choose(target.site(), host)
                .lan()
                .orElseGet(() -> LanChoice.elsewhere(target.site()));
    }

    /// The same; over several machines, each file names the interface of its machine.
    private static Lan lanToRender(SitePlace target) {
        if (!target.site().hasMachines()) {
            return lanWithoutStarting(target);
        }
        LanChoice choice = LanChoice.fromHere(target.site(), HostReader.read(List.of()));
        return choice.lan()
                .orElseThrow(() ->
                        new Stop(
                                Stop.Kind.REFUSED,
                                "the site cannot be rendered from here",
                                lines(choice.obstacles()),
                                "nothing was written",
                                "change tandem.yaml as described, then: tandem render"));
    }

    /// The images that a site runs.
    ///
    /// @param present its directory
    public Setting.Images images(SiteDirectory present) {
        return images.of(present);
    }

    /// The images that were noted for a state, by role; empty for one of Tandem 0.1.0.
    public static Map<String, String> imagesOf(SiteDirectory state) {
        return ImageNote.read(state);
    }

    private Lan free(SitePlace target, HostFacts host, List<Container> containers) {
        Site site = target.site();
        LanChoice choice = LanChoice.choose(site, host);
        List<Obstacle> obstacles = new ArrayList<>(choice.obstacles());
        String directory = target.directory().root().toAbsolutePath().normalize().toString();
        obstacles.addAll(Preflight.check(site, host, containers, directory));
        refuse(obstacles);
        Lan lan = choice.lan().orElseThrow();
        OwnNetworks.refuseOthers(site, lan, host);
        return lan;
    }

    private static boolean noBalancerRuns(Site site, List<Container> containers) {
        return containers.stream()
                .filter(c -> c.project().equals(site.name()) && Role.BALANCER.is(c.role()))
                .noneMatch(Container::running);
    }

    static void refuse(List<Obstacle> obstacles) {
        if (!obstacles.isEmpty()) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "the site file does not fit this machine",
                    lines(obstacles),
                    "nothing was started or changed",
                    "change tandem.yaml or this machine as described, then: tandem up");
        }
    }

    private static String lines(List<Obstacle> obstacles) {
        return obstacles.stream().map(Obstacle::toString).collect(Collectors.joining("\n"));
    }

    private static Setting setting(
            SitePlace target, Lan lan, Setting.Images run, Certificates certificates) {
        return new Setting(
                lan,
                run,
                target.contentBase(),
                certificates.stamp(),
                certificates.givenName(target.site()),
                certificates.challenge(target.site()));
    }
}
