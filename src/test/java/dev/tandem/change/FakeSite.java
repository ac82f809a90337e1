package dev.tandem.change;

import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.carry.ChangeRequest;
import dev.tandem.change.carry.Consent;
import dev.tandem.change.carry.Force;
import dev.tandem.change.carry.WaitLimits;
import dev.tandem.change.plan.Plan;
import dev.tandem.change.state.SavedStates;
import dev.tandem.docker.Await;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Fleet;
import dev.tandem.docker.Runner;
import dev.tandem.docker.fake.FakeEngine;
import dev.tandem.docker.fake.FakeTime;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.file.Surroundings;
import dev.tandem.model.Balancer;
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
import dev.tandem.text.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// A site on a {@link FakeEngine}, with the real planner, executor, files, certificates and locks.
///
/// What lies on disk is real; containers and time are not. Each call is a process of its own: it
/// knows nothing of the call before.
public final class FakeSite implements Stage {
    /// Two balancers and two web servers on networks that no machine has (RFC 5737).
    public static final String PAIR =
            """
            site: fake
            vip: {address: 198.51.100.150}
            network: {name: fake-net, subnet: 203.0.113.0/24}
            balancers:
              haproxy-a: {hostname: bl1, address: 203.0.113.50}
              haproxy-b: {hostname: bl2, address: 203.0.113.60}
            backend:
              balance: roundrobin
              check: /
            servers:
              web-a: {address: 203.0.113.11}
              web-b: {address: 203.0.113.12}
            """;

    private static final Path HOME = Path.of(System.getProperty("tandem.home", "."));

    /// The sources are read once: each call would, as a process of its own.
    private static final Images SOURCES = sources();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// A text is read once: tests go back to it a thousand times.
    private static final Map<String, Site> READ = new ConcurrentHashMap<>();

    private final Path base;
    private final FakeTime time;
    private FakeEngine engine;
    private String text = PAIR;
    private final List<String> said = new ArrayList<>();
    private int moments;
    private Consumer<Plan> plans = plan -> {};

    private FakeSite(Path base, FakeTime time, FakeEngine engine) {
        this.base = base;
        this.time = time;
        this.engine = engine;
    }

    /// One that was never up, in an empty directory.
    public static FakeSite in(Path base) {
        return in(base, PAIR);
    }

    /// The same of another site file.
    public static FakeSite in(Path base, String text) {
        FakeTime time = new FakeTime();
        FakeEngine engine = new FakeEngine(time);
        Setting.Images images = SOURCES.wanted();
        engine.image(images.balancer());
        engine.image(images.web());
        FakeSite site = new FakeSite(base, time, engine);
        site.text = text;
        return site;
    }

    /// The same, up.
    public FakeSite up() {
        up(engine);
        return this;
    }

    void up(Runner runner) {
        changes(runner).apply(place(), request("up", Force.NONE));
    }

    /// The next plan is shown to somebody, who agrees.
    void onPlan(Consumer<Plan> reader) {
        plans = reader;
    }

    public FakeEngine engine() {
        return engine;
    }

    /// Its files are written, and nothing is started.
    public FakeSite rendered() {
        preparation(engine).render(place());
        return this;
    }

    /// Where its files lie.
    public SiteDirectory directory() {
        return place().directory();
    }

    /// Its time.
    public Await await() {
        return time.await();
    }

    /// The image of its balancers.
    public String image() {
        return SOURCES.wanted().balancer();
    }

    @Override
    public Path base() {
        return base;
    }

    /// Puts another text into the site file, in place of one that must be there.
    void edit(String old, String fresh) {
        if (!text.contains(old)) {
            throw new IllegalArgumentException("not in the site file: " + old);
        }
        text = text.replace(old, fresh);
    }

    Changes.Proposal plan() {
        return changes(engine).plan(place(), request("apply", Force.NONE));
    }

    ChangeOutcome apply() {
        return apply(engine, Force.NONE);
    }

    ChangeOutcome apply(Runner runner, Force force) {
        return changes(runner).apply(place(), request("apply", force));
    }

    /// Takes it down; what was removed.
    List<String> down() {
        return new Removal(new Fleet(engine), new Quiet(said))
                .remove(place().site().name(), place().directory().root());
    }

    ChangeOutcome rollback(Runner runner) {
        return changes(runner).rollback(place(), request("rollback", Force.NONE), Returning.STAY);
    }

    ChangeOutcome rollback(Returning certificates) {
        return changes(engine).rollback(place(), request("rollback", Force.NONE), certificates);
    }

    int purge(int first) {
        return changes(engine).purge(place(), first);
    }

    ChangeOutcome order(Runner runner, String verb, Function<Orders, Orders> change) {
        return changes(runner).order(place(), request(verb, Force.NONE), change);
    }

    /// What is asked for by the site file.
    String text() {
        return text;
    }

    /// The site file that was applied last.
    String applied() {
        return request("", Force.NONE).states().present().siteFile();
    }

    /// Who holds the VIP.
    List<String> holders() {
        return engine.lan().holders(place().site().vip().address().toString());
    }

    void text(String other) {
        text = other;
    }

    /// What operators ask for.
    Orders orders() {
        return request("", Force.NONE).states().present().orders();
    }

    Changes changes(Runner runner) {
        Docker docker = new Docker(runner);
        Images images = images(docker, runner);
        Preparation preparation = new Preparation(docker, images, new Quiet(said), time.clock());
        return new Changes(
                new Fleet(runner),
                new Observer(docker, time.clock()),
                preparation,
                new Quiet(said),
                time.clock(),
                time.await());
    }

    /// What was shown as done.
    List<String> said() {
        return said;
    }

    private static Images sources() {
        FakeEngine none = new FakeEngine(new FakeTime());
        return new Images(new Docker(none), none, HOME);
    }

    /// The images of an engine.
    static Images images(Docker docker, Runner runner) {
        return SOURCES.on(docker, runner);
    }

    private Preparation preparation(Runner runner) {
        Docker docker = new Docker(runner);
        Images images = images(docker, runner);
        return new Preparation(docker, images, new Quiet(said), time.clock());
    }

    SitePlace place() {
        return SitePlace.beside(base, read(text).orElseThrow());
    }

    ChangeRequest request(String verb, Force force) {
        return new ChangeRequest(
                verb,
                "",
                text,
                new SavedStates(place().directory(), this::read),
                new WaitLimits(PATIENCE, WaitLimits.USUAL.watch()),
                plan -> {
                    plans.accept(plan);
                    return Consent.GIVEN;
                },
                force);
    }

    private Optional<Site> read(String siteFile) {
        return siteFile.isEmpty()
                ? Optional.empty()
                : Optional.of(READ.computeIfAbsent(siteFile, FakeSite::model));
    }

    static Site model(String siteFile) {
        byte[] bytes = siteFile.getBytes(StandardCharsets.UTF_8);
        return switch (SiteReader.read("tandem.yaml", bytes, new Disk())) {
            case Reading.Good(Site site) -> site;
            case Reading.Bad bad -> throw new AssertionError(bad.render());
        };
    }

    /// Time goes on, and nobody does anything.
    void pass(Duration duration) {
        time.pass(duration);
    }

    /// What is wrong for clients now; empty when they are served.
    @Override
    public Optional<String> unserved() {
        return engine.unserved(place().site().vip().address().toString());
    }

    /// The steps of what `apply` would do, by verb and node.
    List<String> steps() {
        return plan().plan().steps().stream().map(s -> s.verb() + " " + s.node()).toList();
    }

    /// This moment, to come back to.
    Moment moment() {
        Path copy = base.resolveSibling(base.getFileName() + ".moment" + moments++);
        copy(base, copy);
        return new Moment(engine.copy(), copy, text, time.passed());
    }

    /// A moment of a site.
    ///
    /// @param passed how late it was
    record Moment(FakeEngine engine, Path files, String text, Duration passed) {}

    /// Goes back to a moment.
    void back(Moment moment) {
        engine = moment.engine().copy();
        text = moment.text();
        said.clear();
        time.back(moment.passed());
        copy(moment.files(), base);
    }

    /// Goes to a moment to which nobody comes back.
    void last(Moment moment) throws IOException {
        back(moment);
        Staging.delete(moment.files());
    }

    /// Makes a directory the copy of another.
    public static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            Staging.delete(to);
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is on disk of a change that goes on, as far as it decides what a kill leaves: how far
    /// it has come, and the files that nodes read without being told.
    @Override
    public String trace() {
        SiteDirectory directory = place().directory();
        StringBuilder trace = new StringBuilder(directory.read(Notes.JOURNAL));
        place().site().balancers().stream()
                .map(Balancer::name)
                .flatMap(name -> Stream.of(name + "/duty", name + "/servers.state"))
                .forEach(path -> trace.append(directory.read(path)));
        return trace.toString();
    }

    /// What the site file refers to is there.
    private record Disk() implements Surroundings {
        @Override
        public boolean isDirectory(String path) {
            return true;
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.empty();
        }

        @Override
        public boolean looked() {
            return false;
        }
    }

    /// Nobody watches; what is done is kept.
    record Quiet(List<String> said) implements Progress {
        @Override
        public void begin(String activity) {}

        @Override
        public void detail(String detail) {}

        @Override
        public void done(String outcome) {
            said.add(outcome);
        }
    }
}
