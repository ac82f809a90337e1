package dev.tandem.doctor;

import dev.tandem.certificate.CertificateSeen;
import dev.tandem.docker.Asking;
import dev.tandem.docker.Beside;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.Reply;
import dev.tandem.docker.SiteEngines;
import dev.tandem.docker.Unreachable;
import dev.tandem.doctor.LanLook.Node;
import dev.tandem.doctor.MachineExamination.Ask;
import dev.tandem.doctor.MachineExamination.First;
import dev.tandem.doctor.MachineExamination.Runs;
import dev.tandem.doctor.MachineFacts.Inside;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import dev.tandem.observe.Observer;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.ImageSeen;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.SiteFit;
import dev.tandem.prepare.SitePlace;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Gathers the facts about a site over machines. It changes nothing.
///
/// 1. Every machine is reached, and its engine says something: who does not is silent, which is
///    known, and told, within 10 s.
/// 2. Every machine that answered says what its interface on the LAN is: the others are asked for
///    by their addresses there.
/// 3. Everything else, all at the same time, while the LAN is listened to.
public final class MachinesExamination {
    private static final Duration FIRST = Duration.ofSeconds(6);
    private static final Duration FIT = Duration.ofSeconds(20);
    private static final Duration ALL = Duration.ofSeconds(60);

    private final Fleet fleet;
    private final Observer observer;
    private final Images images;
    private final Examination here;
    private final Clock clock;

    /// @param here examines the machine that asks
    public MachinesExamination(
            Fleet fleet, Observer observer, Images images, Examination here, Clock clock) {
        this.fleet = fleet;
        this.observer = observer;
        this.images = images;
        this.here = here;
        this.clock = clock;
    }

    /// Examines everything.
    ///
    /// @param openFaults the faults that a drill has left open on the site
    /// @param silent is told of a machine that does not answer as soon as it is known
    public MachinesFacts look(
            SitePlace target, List<String> openFaults, Consumer<Unreachable> silent) {
        SiteEngines engines = fleet.of(target.site());
        SequencedMap<String, Reply<First>> first =
                new Asking(engines, FIRST, silent)
                        .all(
                                engines.machines(),
                                name -> examination(engines, target, name).first(clock));
        SequencedMap<String, Reply<Answer<SiteFit>>> fits =
                new Asking(engines, FIT, silent)
                        .all(said(first), name -> examination(engines, target, name).fit());
        Answer<Snapshot> snapshot = Answer.ask(() -> observer.lookAtAll(target.site()));
        Asks asks = new Asks(target.site(), values(fits), snapshot.value());
        try (ExecutorService threads = Beside.each()) {
            CompletableFuture<Answer<List<ImageSeen>>> updates =
                    CompletableFuture.supplyAsync(
                            () -> updates(engines, target, said(fits)), threads);
            SequencedMap<String, Reply<Inside>> inside =
                    new Asking(engines, ALL, silent)
                            .all(
                                    said(fits),
                                    name ->
                                            examination(engines, target, name)
                                                    .look(asks.of(name), observer));
            SequencedMap<String, MachineFacts> machines = merged(first, fits, inside);
            return new MachinesFacts(
                    here.hereFor(target),
                    here.composeVersion(),
                    machines,
                    new SiteParts(target, machines)
                            .seen(snapshot, certificates(target), updates.join(), openFaults));
        }
    }

    private MachineExamination examination(SiteEngines engines, SitePlace target, String name) {
        Machine machine =
                target.site().machines().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        Docker docker = engines.on(name);
        return new MachineExamination(machine, docker, images.on(docker), target);
    }

    private static Answer<List<CertificateSeen>> certificates(SitePlace target) {
        return Answer.ask(() -> CertificateSeen.in(target.directory().tls(), target.site()));
    }

    /// The images are to be the same everywhere: one engine is asked what they lack.
    private Answer<List<ImageSeen>> updates(
            SiteEngines engines, SitePlace target, List<String> machines) {
        if (machines.isEmpty()) {
            return new Answer.Unknown<>("no machine answers");
        }
        return Answer.ask(() -> {
            Images there = images.on(engines.on(machines.getFirst()));
            return there.examine(there.of(target.directory()));
        });
    }

    private static <T> List<String> said(SequencedMap<String, Reply<T>> replies) {
        return List.copyOf(values(replies).keySet());
    }

    private static <T> SequencedMap<String, T> values(SequencedMap<String, Reply<T>> replies) {
        SequencedMap<String, T> values = new LinkedHashMap<>();
        replies.forEach((name, reply) -> reply.value().ifPresent(one -> values.put(name, one)));
        return values;
    }

    /// A machine that fell silent on the way is silent: it is never half known.
    private static SequencedMap<String, MachineFacts> merged(
            SequencedMap<String, Reply<First>> first,
            SequencedMap<String, Reply<Answer<SiteFit>>> fits,
            SequencedMap<String, Reply<Inside>> inside) {
        SequencedMap<String, MachineFacts> machines = new LinkedHashMap<>();
        first.forEach((name, reply) -> {
            Optional<Unreachable> why =
                    reply.silence()
                            .or(() -> Objects.requireNonNull(fits.get(name)).silence())
                            .or(() -> Objects.requireNonNull(inside.get(name)).silence());
            machines.put(
                    name,
                    why.<MachineFacts>map(MachineFacts.Silent::new)
                            .orElseGet(() ->
                                    new MachineFacts.Answered(
                                            reply.value().orElseThrow().info(),
                                            reply.value().orElseThrow().clock(),
                                            Objects.requireNonNull(fits.get(name))
                                                    .value()
                                                    .orElseThrow(),
                                            Objects.requireNonNull(inside.get(name))
                                                    .value()
                                                    .orElseThrow())));
        });
        return machines;
    }

    /// What each machine is asked, by what all of them have said so far.
    private record Asks(
            Site site, SequencedMap<String, Answer<SiteFit>> fits, Optional<Snapshot> snapshot) {

        Ask of(String machine) {
            Map<String, String> running =
                    snapshot.map(seen -> SiteSeen.running(site, seen)).orElse(Map.of());
            return new Ask(
                    lan(machine),
                    running.entrySet().stream()
                            .filter(one -> machine.equals(site.places().get(one.getKey())))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                    nodes(machine).stream().findFirst(),
                    others(machine),
                    fits.keySet().stream()
                            .filter(name -> !name.equals(machine))
                            .flatMap(name -> nodes(name).stream())
                            .map(Node::address)
                            .toList(),
                    runs(running));
        }

        /// What a silent machine has may run.
        private Runs runs(Map<String, String> balancers) {
            if (!balancers.isEmpty()) {
                return Runs.BALANCERS;
            }
            return snapshot.filter(seen ->
                            seen.containers().isEmpty() && seen.placement().silent().isEmpty())
                            .isPresent()
                    ? Runs.NOTHING
                    : Runs.UNKNOWN;
        }

        private Optional<Lan.Macvlan> lan(String machine) {
            return Optional.ofNullable(fits.get(machine))
                    .flatMap(Answer::value)
                    .flatMap(SiteFit::lan)
                    .flatMap(lan ->
                            lan instanceof Lan.Macvlan one ? Optional.of(one) : Optional.empty());
        }

        private List<Ip4> others(String machine) {
            return fits.keySet().stream()
                    .filter(name -> !name.equals(machine))
                    .flatMap(name -> lan(name).flatMap(Lan.Macvlan::hostAddress).stream())
                    .toList();
        }

        /// Those that run on a machine, its balancers first.
        private List<Node> nodes(String machine) {
            return site.places().entrySet().stream()
                    .filter(one -> one.getValue().equals(machine))
                    .filter(one ->
                            snapshot.filter(seen ->
                                            seen.placement()
                                                    .running(one.getKey())
                                                    .contains(machine))
                                    .isPresent())
                    .map(one ->
                            new Node(
                                    one.getKey(),
                                    site.container(one.getKey()),
                                    address(one.getKey())))
                    .toList();
        }

        private Ip4 address(String node) {
            return site.balancers().stream()
                    .filter(one -> one.name().equals(node))
                    .map(one -> one.lanAddress())
                    .findFirst()
                    .orElseGet(() ->
                            site.ownServers().stream()
                                    .filter(one -> one.name().equals(node))
                                    .map(one -> one.address())
                                    .findFirst()
                                    .orElseThrow());
        }
    }
}
