package dev.tandem.cli;

import dev.tandem.docker.Docker;
import dev.tandem.docker.NodesOf;
import dev.tandem.drill.ForeignPair;
import dev.tandem.drill.OwnSite;
import dev.tandem.drill.Subject;
import dev.tandem.drill.ground.VipProbe;
import dev.tandem.drill.journal.OpenFaults;
import dev.tandem.load.Pass;
import dev.tandem.model.Budget;
import dev.tandem.model.ClientCertificates.Verify;
import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.Observer;
import dev.tandem.prepare.DrillSecret;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.SitePlace;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds what `tandem drill` should break: the site of the site file or, with `--pair`, a pair that
/// Tandem did not build. Whatever an earlier drill left broken is healed first.
public final class DrillSubjects {
    private final Console console;
    private final NodesOf nodes;
    private final Observer observer;
    private final Images images;
    private final LeftFaults left;

    public DrillSubjects(
            Console console, NodesOf nodes, Observer observer, Images images, LeftFaults left) {
        this.console = console;
        this.nodes = nodes;
        this.observer = observer;
        this.images = images;
        this.left = left;
    }

    /// What is drilled, and what belongs to it.
    ///
    /// @param journal the journal of its open faults
    /// @param root the directory of its runs
    /// @param budget its own budget
    /// @param docker what its containers log, and what became of them
    /// @param clocks how the clocks of its machines differ from this one's
    record Drilled(
            Subject subject,
            OpenFaults journal,
            Path root,
            Optional<Budget> budget,
            Docker docker,
            List<String> clocks) {}

    /// Why no load can be sent from what was named as a machine, and what to do about it, as lines;
    /// empty if the site has it.
    List<String> notAMachine(String name, SiteFile file) {
        Site site = GivenSite.withState(file).site();
        List<String> names = site.machines().stream().map(Machine::name).toList();
        if (!site.hasMachines()) {
            return List.of(
                    "tandem: --from %s: the site has no machines, so nothing says how to get to one"
                            .formatted(name),
                    "  next:  leave it out: the requests are sent from where tandem runs");
        }
        return names.contains(name)
                ? List.of()
                : List.of(
                        "tandem: --from %s: the site has no machine %s; there are: %s"
                                .formatted(name, name, String.join(", ", names)));
    }

    /// @param pair the pair file; empty: the site of the site file
    /// @param from the machine that sends the requests; empty: this one
    Drilled of(Optional<String> pair, SiteFile file, Optional<String> from) {
        return pair.isPresent() ? pair(pair.get()) : site(file, from);
    }

    private Drilled site(SiteFile file, Optional<String> from) {
        SitePlace target = GivenSite.withState(file).place();
        left.heal(target);
        requireHttp(target.site());
        requireOpen(target.site());
        if (from.isEmpty()) { // or else that machine is asked, once it is known to answer
            requireReached(target.site());
        }
        Path root = target.directory().root();
        Path tls = target.directory().tls();
        Supplier<Site> now = () -> now(file, target.site());
        Pass pass = new Pass(DrillSecret.of(target.directory(), new SecureRandom()).value());
        NodesOf.Seen containers = nodes.seen(target.site());
        Subject site = new OwnSite(target.site(), tls, pass, observer, containers.nodes(), now);
        return new Drilled(
                site,
                left.journal(root),
                root,
                target.site().budget(),
                containers.docker(),
                containers.clocks());
    }

    /// What a drill measures is requests over HTTP.
    private static void requireHttp(Site site) {
        if (!site.hasWebServers()) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "a drill cannot be measured on site " + site.name(),
                    "its requests are HTTP, and the site has TCP services alone",
                    "nothing was broken",
                    "with 'servers' beside 'services' it can; a planned move: tandem switchover");
        }
    }

    /// Requests of a drill show no certificate.
    private static void requireOpen(Site site) {
        if (site.tls().clients().filter(one -> one.verify() == Verify.REQUIRED).isPresent()) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "a drill cannot be measured on site " + site.name(),
                    "tls.clients_verify is required, and the requests of a drill show no"
                            + " certificate: each would get 403",
                    "nothing was broken",
                    "where routes that need one say so (client_certificate: required),"
                            + " tls.clients_verify can be optional");
        }
    }

    /// Over machines, the VIP is on their LAN, and this machine may be on none of it.
    private static void requireReached(Site site) {
        if (site.hasMachines()) {
            String path = site.defaultPool().settings().pathForClients();
            String vip = site.vip().address().toString();
            new VipProbe(vip, site.listen().http(), path)
                    .lack()
                    .ifPresent(lack -> {
                        throw unreached(site, lack);
                    });
        }
    }

    private static Stop unreached(Site site, String lack) {
        return new Stop(
                Stop.Kind.REFUSED,
                "a drill cannot be measured from here: its requests go to the VIP",
                lack,
                "nothing was broken",
                "tandem status; if that is well, have a machine of %s send them: --from MACHINE"
                        .formatted(site.name()));
    }

    /// The site as it is in its file now; the applied site when the file is wrong now or belongs to
    /// another site, because that is what runs.
    private static Site now(SiteFile file, Site before) {
        try {
            Site site = GivenSite.of(file).site();
            return site.name().equals(before.name()) ? site : before;
        } catch (WrongSite | Stop e) {
            return before;
        }
    }

    private Drilled pair(String file) {
        PairFile read = PairFile.of(file);
        Owner.me().require(read.base());
        Path root = read.root();
        left.heal(root);
        String toolbox = images.newest().balancer();
        ForeignPair pair = ForeignPair.of(read.pair(), read.base(), toolbox, nodes.own()).serving();
        images.ensureBalancer(console);
        return new Drilled(
                pair, left.journal(root), root, Optional.empty(), nodes.fleet().own(), List.of());
    }
}
