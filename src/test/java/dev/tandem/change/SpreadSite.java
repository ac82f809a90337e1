package dev.tandem.change;

import dev.tandem.change.carry.Away;
import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.carry.ChangeRequest;
import dev.tandem.change.carry.Consent;
import dev.tandem.change.carry.Force;
import dev.tandem.change.carry.WaitLimits;
import dev.tandem.change.state.SavedStates;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.Reached;
import dev.tandem.docker.Runner;
import dev.tandem.docker.Unreachable;
import dev.tandem.docker.fake.FakeEngine;
import dev.tandem.docker.fake.FakeLan;
import dev.tandem.docker.fake.FakeMachine;
import dev.tandem.docker.fake.FakeTime;
import dev.tandem.model.Orders;
import dev.tandem.model.Site;
import dev.tandem.observe.Observer;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.prepare.SitePlace;
import dev.tandem.prepare.Staging;
import dev.tandem.render.Notes;
import dev.tandem.render.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A site over machines, each a {@link FakeEngine} with a disk of its own on one {@link FakeLan}.
/// As in {@link FakeSite} each call is a process of its own.
final class SpreadSite implements Stage {
    /// Two balancers and two web servers on two machines; a third machine has none of them.
    static final String TWO =
            """
            site: fake
            vip: {address: 198.51.100.150, subnet: 198.51.100.0/24, interface: ens33}
            machines:
              m1: {ssh: root@198.51.100.11}
              m2: {ssh: root@198.51.100.12}
            balancers:
              haproxy-a: {hostname: bl1, machine: m1}
              haproxy-b: {hostname: bl2, machine: m2}
            backend:
              balance: roundrobin
              check: /
            servers:
              web-a: {machine: m1}
              web-b: {machine: m2}
            """;

    private static final WaitLimits LIMITS =
            new WaitLimits(Duration.ofSeconds(20), WaitLimits.USUAL.watch());
    private static final Map<String, Site> READ = new ConcurrentHashMap<>();

    private final Path directory;
    private final FakeTime time = new FakeTime();
    private FakeEngine own = new FakeEngine(time);
    private FakeLan lan = new FakeLan();
    private final SequencedMap<String, FakeEngine> machines = new LinkedHashMap<>();
    private final Map<String, Unreachable> silent = new ConcurrentHashMap<>();
    private final List<String> said = new ArrayList<>();
    private Path base;
    private String text = TWO;
    private int moments;
    private Runnable plans = () -> {};

    private SpreadSite(Path directory) {
        this.directory = directory;
        this.base = directory.resolve("here");
    }

    /// One that was never up, in an empty directory.
    static SpreadSite in(Path directory) {
        SpreadSite site = new SpreadSite(directory);
        Setting.Images images = FakeSite.images(new Docker(site.own), site.own).wanted();
        for (int number = 1; number <= 3; number++) {
            String name = "m" + number;
            String address = "198.51.100.1%d/24".formatted(number);
            FakeMachine machine = new FakeMachine(address, directory.resolve("far/" + name));
            site.machines.put(name, new FakeEngine(site.time, site.lan, machine));
        }
        site.machines
                .values()
                .forEach(one -> {
                    one.image(images.balancer());
                    one.image(images.web());
                });
        site.make(site.base);
        site.make(directory.resolve("far"));
        return site;
    }

    private void make(Path path) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeEngine own() {
        return own;
    }

    FakeEngine on(String machine) {
        return Objects.requireNonNull(machines.get(machine), machine);
    }

    /// Another directory of the same file: that of another operator.
    void from(String other) {
        base = directory.resolve(other);
        make(base);
    }

    void edit(String old, String fresh) {
        if (!text.contains(old)) {
            throw new IllegalArgumentException("not in the site file: " + old);
        }
        text = text.replace(old, fresh);
    }

    void text(String other) {
        text = other;
    }

    String text() {
        return text;
    }

    /// Somebody does something while the next plan is shown.
    void onPlan(Runnable deed) {
        plans =
                () -> {
                    plans = () -> {};
                    deed.run();
                };
    }

    @Override
    public Path base() {
        return base;
    }

    void pass(Duration duration) {
        time.pass(duration);
    }

    List<String> said() {
        return said;
    }

    private String vip() {
        return place().site().vip().address().toString();
    }

    @Override
    public Optional<String> unserved() {
        List<String> twins = twins();
        return vipUnserved()
                .or(() -> twins.isEmpty() ? Optional.empty() : Optional.of("twins: " + twins));
    }

    /// The same, as far as clients of the VIP are concerned.
    Optional<String> vipUnserved() {
        return lan.unserved(vip());
    }

    /// The addresses that several containers have.
    List<String> twins() {
        return lan.twins();
    }

    /// The ways of somebody to the engines.
    interface Ways {
        Runner to(FakeEngine engine);
    }

    Changes changes(Ways ways) {
        Runner runner = ways.to(own);
        Fleet fleet =
                new Fleet(
                        runner,
                        machine -> {
                            Unreachable why = silent.get(machine.name());
                            return why == null
                                    ? new Reached.Direct(ways.to(on(machine.name())))
                                    : why;
                        });
        Images images = FakeSite.images(new Docker(runner), runner);
        FakeSite.Quiet quiet = new FakeSite.Quiet(said);
        return new Changes(
                fleet,
                new Observer(fleet, time.clock()),
                new Preparation(fleet, images, quiet, time.clock()),
                quiet,
                time.clock(),
                time.await());
    }

    Changes.Proposal plan() {
        return changes(one -> one).plan(place(), request("apply", Away.NONE));
    }

    /// The steps of what `apply` would do, by verb and node.
    List<String> steps() {
        return plan().plan().steps().stream().map(s -> s.verb() + " " + s.node()).toList();
    }

    ChangeOutcome apply() {
        return apply(one -> one);
    }

    ChangeOutcome apply(Ways ways) {
        return apply(ways, Away.NONE);
    }

    ChangeOutcome apply(Ways ways, Away away) {
        return changes(ways).apply(place(), request("apply", away));
    }

    ChangeOutcome order(Ways ways, Function<Orders, Orders> change) {
        return changes(ways).order(place(), request("machine", Away.NONE), change);
    }

    ChangeOutcome rollback(Ways ways) {
        return changes(ways).rollback(place(), request("rollback", Away.NONE), Returning.STAY);
    }

    SitePlace place() {
        return SitePlace.beside(base, read(text).orElseThrow());
    }

    private ChangeRequest request(String verb, Away away) {
        return new ChangeRequest(
                verb,
                "",
                text,
                new SavedStates(place().directory(), this::read),
                LIMITS,
                _ -> {
                    plans.run();
                    return Consent.GIVEN;
                },
                new Force(false, false, away));
    }

    private Optional<Site> read(String siteFile) {
        return siteFile.isEmpty()
                ? Optional.empty()
                : Optional.of(READ.computeIfAbsent(siteFile, FakeSite::model));
    }

    @Override
    public String trace() {
        return place().directory().read(Notes.JOURNAL);
    }

    /// What is on the machines and should not be after a change that has ended, or is not as
    /// `.applied` says.
    List<String> untidy() {
        List<String> found = new ArrayList<>();
        machines.forEach((name, engine) -> {
            engine.volumeNames().forEach(one -> found.add(name + ": volume " + one));
            SiteDirectory there = there(name);
            if (Files.exists(there.root().resolve(".next"))) {
                found.add(name + ": .next");
            }
            SortedMap<String, String> files = there.hashes(there.paths());
            SortedMap<String, String> noted = new TreeMap<>();
            there.read(Notes.APPLIED)
                    .lines()
                    .skip(4)
                    .map(line -> line.split(" {2}", 2))
                    .forEach(words -> noted.put(words[1], words[0]));
            if (!files.equals(noted)) {
                found.add(name + ": .applied " + noted + "\nfiles " + files);
            }
        });
        return found;
    }

    /// The locks that are held elsewhere.
    List<String> locksBut(String machine) {
        return machines.entrySet().stream()
                .filter(one -> !one.getKey().equals(machine))
                .flatMap(one -> one.getValue().volumeNames().stream())
                .toList();
    }

    /// What lies on a machine.
    SiteDirectory there(String machine) {
        return new SiteDirectory(directory.resolve("far/" + machine + "/var/lib/tandem/fake"));
    }

    /// A moment of a site.
    ///
    /// @param passed how late it was
    record Moment(
            FakeEngine own, FakeLan lan, Path files, Path base, String text, Duration passed) {}

    /// This moment, to come back to.
    Moment moment() {
        Path copy = directory.resolveSibling(directory.getFileName() + ".moment" + moments++);
        FakeSite.copy(directory, copy);
        return new Moment(own.copy(), lan.copy(), copy, base, text, time.passed());
    }

    /// Goes back to a moment.
    void back(Moment moment) {
        own = moment.own().copy();
        lan = moment.lan().copy();
        List<String> names = List.copyOf(machines.keySet());
        for (int i = 0; i < names.size(); i++) {
            machines.put(names.get(i), lan.engines().get(i));
        }
        text = moment.text();
        base = moment.base();
        silent.clear();
        said.clear();
        time.back(moment.passed());
        FakeSite.copy(moment.files(), directory);
    }

    /// Goes to a moment to which nobody comes back.
    void last(Moment moment) throws IOException {
        back(moment);
        Staging.delete(moment.files());
    }
}
