package dev.tandem.drill;

import dev.tandem.docker.Nodes;
import dev.tandem.docker.Output;
import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.drill.ground.States;
import dev.tandem.drill.ground.VipProbe;
import dev.tandem.drill.predict.Estimate;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.load.ClassPlan;
import dev.tandem.load.Target;
import dev.tandem.model.Pair;
import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A pair that Tandem did not build. All that is known about it is what its file says and what can
/// be seen from outside: its containers, and whether the VIP answers.
public final class ForeignPair implements Subject {
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Pair pair;
    private final Ground ground;
    private final Target target;

    private ForeignPair(Pair pair, Path base, Ground ground) {
        this.pair = pair;
        this.ground = ground;
        this.target = DrillTarget.of(pair, base);
    }

    /// Looks at a pair.
    ///
    /// @param base the directory of the pair file
    /// @param toolbox the image of Tandem's balancers
    /// @throws Stop if one of its containers does not exist, or if it does not serve
    public static ForeignPair of(Pair pair, Path base, String toolbox, Nodes nodes) {
        List<String> absent =
                Stream.concat(pair.balancers().stream(), pair.servers().stream())
                        .filter(name -> nodes.state(name).equals(Nodes.ABSENT))
                        .toList();
        if (!absent.isEmpty()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "pair " + pair.name() + " is incomplete",
                    "no container of this name: " + String.join(", ", absent),
                    "nothing was broken",
                    "docker ps --all, and correct the names in the pair file");
        }
        Ground ground =
                new Ground(
                        pair.name(),
                        toolbox,
                        pair.balancers().stream().map(name -> node(name, nodes)).toList(),
                        pair.servers().stream().map(name -> node(name, nodes)).toList(),
                        nodes);
        return new ForeignPair(pair, base, ground);
    }

    private static Node node(String container, Nodes nodes) {
        return Ground.look(container, container, nodes);
    }

    /// Waits a moment until it serves.
    ///
    /// @throws Stop if it does not
    public ForeignPair serving() {
        Optional<Boolean> serves =
                ground.await()
                        .until(
                                PATIENCE,
                                () ->
                                        lacksAfterHeal().isEmpty()
                                                ? Optional.of(true)
                                                : Optional.empty());
        if (serves.isEmpty()) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "pair " + pair.name() + " is not well, so a drill would prove nothing",
                    String.join("\n", lacksAfterHeal()),
                    "nothing was broken",
                    look());
        }
        return this;
    }

    @Override
    public String name() {
        return pair.name();
    }

    @Override
    public String vip() {
        return pair.vip().toString();
    }

    @Override
    public Ground ground() {
        return ground;
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public List<ClassPlan> classes() {
        return DrillTarget.classes(pair);
    }

    /// Every container runs, the VIP answers, and its master holds it: otherwise the next fault
    /// would strike another node. Which web servers get requests is not known of a pair that Tandem
    /// did not build.
    @Override
    public List<String> lacks() {
        List<String> lacks = new ArrayList<>(lacksAfterHeal());
        if (lacks.isEmpty()) {
            heldByAnother().ifPresent(lacks::add);
        }
        return lacks;
    }

    /// Its master may never take the VIP back: some pairs work that way. The pair still serves.
    @Override
    public List<String> lacksAfterHeal() {
        List<String> lacks = new ArrayList<>();
        Stream.concat(ground.balancers().stream(), ground.servers().stream())
                .filter(node -> !States.is(ground, node, "running"))
                .forEach(node -> lacks.add(node.container() + " does not run"));
        if (lacks.isEmpty()) {
            new VipProbe(vip(), pair.http(), pair.paths().check()).lack().ifPresent(lacks::add);
        }
        return lacks;
    }

    /// The VIP may be on `lo` of every balancer: that does not claim it.
    private Optional<String> heldByAnother() {
        List<String> argv = new ArrayList<>();
        argv.addAll(List.of("--network", "container:" + ground.master().container()));
        argv.addAll(List.of("--cap-drop", "ALL", "--entrypoint", "ip", ground.toolbox()));
        argv.addAll(List.of("-o", "-4", "address", "show", "to", vip() + "/32"));
        Output output = ground.nodes().runOnce(LOOK, argv);
        if (!output.ok()) {
            return Optional.of("cannot tell who holds the VIP: " + output.lastLines(1));
        }
        return output.lines().stream().allMatch(line -> line.contains(": lo "))
                ? Optional.of("vip: not held by " + ground.master().container())
                : Optional.empty();
    }

    /// A web server's fault should not move the VIP of any pair; for the others this is not known.
    @Override
    public Prediction prediction(Fault fault) {
        Estimate unknown = new Estimate.Unknown("Tandem did not build this pair");
        return fault.strikesWebServers()
                ? Prediction.stays(fault.name(), unknown)
                : Prediction.moves(fault.name(), unknown);
    }

    @Override
    public String look() {
        return "docker ps --all; curl -v http://%s:%d%s"
                .formatted(vip(), pair.http(), pair.paths().check());
    }
}
