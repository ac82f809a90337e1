package dev.tandem.doctor;

import dev.tandem.docker.Beside;
import dev.tandem.docker.ClockSeen;
import dev.tandem.docker.Docker;
import dev.tandem.docker.EngineInfo;
import dev.tandem.docker.ImageStore;
import dev.tandem.docker.Logs;
import dev.tandem.docker.Room;
import dev.tandem.doctor.LanLook.Node;
import dev.tandem.doctor.MachineFacts.Inside;
import dev.tandem.doctor.MachineFacts.SitePart;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.Observer;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.Obstacle;
import dev.tandem.prepare.SiteFit;
import dev.tandem.prepare.SitePlace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Gathers the facts about one of a site's machines.
///
/// @param machine which one
/// @param docker its engine
/// @param images what that engine has
/// @param target the site
record MachineExamination(Machine machine, Docker docker, Images images, SitePlace target) {
    /// What is known once the engine has answered.
    record First(EngineInfo info, Optional<ClockSeen> clock) {}

    /// What of the site is to be looked at on this machine.
    ///
    /// @param lan its interface on the LAN, if that is known
    /// @param running its balancers that run, by name
    /// @param node a node that runs there, if any
    /// @param others the addresses of the other machines
    /// @param nodes those of the nodes that run on them
    /// @param runs what of the site runs anywhere
    record Ask(
            Optional<Lan.Macvlan> lan,
            Map<String, String> running,
            Optional<Node> node,
            Collection<Ip4> others,
            Collection<Ip4> nodes,
            Runs runs) {}

    /// What of a site runs, on whatever machine.
    enum Runs {
        /// A balancer, which listens to the LAN.
        BALANCERS,
        /// Nothing: its addresses are to be free.
        NOTHING,
        /// Something else, or it is not known.
        UNKNOWN
    }

    First first(InstantSource clock) {
        Instant before = clock.instant();
        EngineInfo info = docker.info();
        return new First(info, ClockSeen.of(before, info.clock(), clock.instant()));
    }

    /// An engine that has no image yet is one that is new to the site.
    Answer<SiteFit> fit() {
        return Answer.ask(() -> SiteFit.on(machine, docker, images, target));
    }

    /// Asks everything at once. What hangs is ended by who asks for all of it.
    Inside look(Ask ask, Observer observer) {
        ExecutorService threads = Beside.each();
        try {
            Future<Answer<KernelLook>> kernel =
                    submit(threads, () -> KernelLook.look(docker, anyImage()));
            Future<Answer<Room>> disk = submit(threads, this::disk);
            Future<Answer<Map<String, String>>> ids = submit(threads, this::ids);
            Future<Answer<LanSeen>> lan = submit(threads, () -> lan(ask));
            Future<Answer<List<Obstacle>>> taken = submit(threads, () -> taken(ask));
            Future<Answer<List<String>>> logs = submit(threads, () -> Logs.endless(docker));
            SitePart part = site(ask, observer);
            if (disk.get() instanceof Answer.Unknown<Room>) {
                docker.info(); // one that has fallen silent meanwhile has not answered
            }
            return new Inside(
                    known(kernel.get()),
                    disk.get(),
                    ids.get(),
                    lan.get(),
                    ask.node().map(Node::name),
                    taken.get(),
                    logs.get(),
                    part);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static KernelLook known(Answer<KernelLook> answer) {
        return switch (answer) {
            case Answer.Known<KernelLook>(KernelLook look) -> look;
            case Answer.Unknown<KernelLook>(String why) ->
                    new KernelLook(new Answer.Unknown<>(why), new Answer.Unknown<>(why));
        };
    }

    private static <T> Future<Answer<T>> submit(ExecutorService threads, Supplier<T> question) {
        Callable<Answer<T>> task = () -> Answer.ask(question);
        return threads.submit(task);
    }

    private String image() {
        return SiteFit.image(images, target);
    }

    /// The same, or the name of one that it does not have.
    private String anyImage() {
        return Answer.ask(this::image).value().orElseGet(() -> images.newest().balancer());
    }

    private Room disk() {
        Site site = target.site();
        List<String> here =
                site.services().stream()
                        .filter(name -> machine.name().equals(site.places().get(name)))
                        .map(site::container)
                        .toList();
        return Room.ofEngine(docker, image(), here);
    }

    private Map<String, String> ids() {
        ImageStore store = docker.images();
        SortedMap<String, String> ids = new TreeMap<>();
        docker.containers(target.site().name()).stream()
                .filter(one -> one.running())
                .map(one -> one.image())
                .distinct()
                .forEach(name -> store.id(name).ifPresent(id -> ids.put(name, id)));
        return ids;
    }

    private LanSeen lan(Ask ask) {
        String parent = ask.lan().map(Lan.Macvlan::parent).orElseThrow(this::noLan);
        LanLook look = new LanLook(docker, image());
        LanSeen host = look.fromHost(parent, ask.node(), ask.others());
        List<Ip4> all = Stream.concat(ask.others().stream(), ask.nodes().stream()).toList();
        return ask.node().map(node -> host.with(look.fromNode(node, all))).orElse(host);
    }

    private Stop noLan() {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "its interface on the LAN is not known",
                "",
                "nothing was changed",
                "tandem doctor");
    }

    private List<Obstacle> taken(Ask ask) {
        return ask.runs() != Runs.NOTHING || ask.lan().isEmpty()
                ? List.of()
                : SiteFit.taken(docker, images, target.site(), ask.lan().get());
    }

    private SitePart site(Ask ask, Observer observer) {
        Site site = target.site();
        SiteExamination its = new SiteExamination(docker, observer, images);
        Optional<Lan> carrier = ask.lan().filter(_ -> ask.runs() != Runs.BALANCERS).map(lan -> lan);
        return new LanListening(docker, anyImage())
                .during(
                        its.listeners(site, carrier, ask.running()),
                        heard -> {
                            var inside = its.inside(site, ask.running()); // takes a while as well
                            return new SitePart(
                                    Answer.ask(() -> docker.attached(site.lanNetwork()))
                                            .value()
                                            .orElse(List.of()),
                                    named(heard.get(), ask.running()),
                                    inside);
                        });
    }

    /// Each machine may call its interface the same.
    private SortedMap<String, Answer<List<Advert>>> named(
            SortedMap<String, Answer<List<Advert>>> heard, Map<String, String> running) {
        SortedMap<String, Answer<List<Advert>>> named = new TreeMap<>();
        heard.forEach((place, adverts) ->
                named.put(
                        running.containsKey(place) ? place : place + " of " + machine.name(),
                        adverts));
        return named;
    }
}
