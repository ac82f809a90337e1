package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.carry.Consent;
import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Machine;
import dev.tandem.model.Orders;
import dev.tandem.model.Server;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `tandem machine MACHINE drain` and `ready`: all nodes of a machine out of service, before it is
/// restarted or its engine is upgraded, and in service again.
public final class MachineVerb extends SiteVerb<MachineVerb.Asked> {
    private static final String DRAIN = "drain";
    private static final String READY = "ready";

    private final Console console;
    private final Changes changes;

    /// The options.
    ///
    /// @param machine its name
    /// @param order `drain` or `ready`, as typed
    public record Asked(Optional<String> machine, Optional<String> order, ChangeOptions change) {}

    public MachineVerb(Console console, Changes changes, LeftFaults left) {
        super(left);
        this.console = console;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "machine";
    }

    @Override
    public String summary() {
        return "Takes all nodes of a machine out of service, or puts them back.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Optional<String>> machine = options.argument("MACHINE", "A machine of the site.");
        Option<Optional<String>> order = options.argument("ORDER", "drain or ready.");
        Function<Given, ChangeOptions> change = ChangeOptions.in(options);
        return given -> new Asked(machine.in(given), order.in(given), change.apply(given));
    }

    /// A wrong command line ends here, before the site is touched.
    @Override
    Optional<ExitCode> beforehand(Asked asked, GivenSite given) {
        List<String> names = given.applied().machines().stream().map(Machine::name).toList();
        String order = asked.order().orElse("");
        Optional<String> problem =
                !names.contains(asked.machine().orElse(""))
                        ? Optional.of(
                                "the site has no machine '%s'; there are: %s"
                                        .formatted(
                                                asked.machine().orElse(""),
                                                names.isEmpty()
                                                        ? "none"
                                                        : String.join(", ", names)))
                        : List.of(DRAIN, READY).contains(order)
                                ? Optional.empty()
                                : Optional.of(
                                        "machine needs an ORDER, drain or ready: tandem machine "
                                                + names.getFirst()
                                                + " drain");
        problem.ifPresent(line -> console.remark("tandem: " + line));
        return problem.map(_ -> ExitCode.USAGE);
    }

    @Override
    Optional<Console> inIncidents() {
        return Optional.of(console);
    }

    @Override
    ExitCode run(Asked asked, GivenSite given) {
        Site site = given.applied();
        String machine = asked.machine().orElseThrow();
        boolean drains = asked.order().orElseThrow().equals(DRAIN);
        ChangeOutcome outcome =
                changes.order(
                        given.place(),
                        new ChangeCall(name(), machine + " " + asked.order().get(), given)
                                .request(asked.change(), _ -> Consent.GIVEN),
                        orders -> changed(orders, site, machine, drains ? DRAIN : READY));
        if (drains) {
            site.ownServersOn(machine).stream()
                    .map(Server.Own::name)
                    .forEach(server ->
                            changes.awaitIdle(
                                    given.place(), server, asked.change().limits().step()));
        }
        console.answer(answer(machine, drains, outcome.changed()));
        Optional<String> unheard = NodeVerb.unheard(outcome.snapshot().late());
        unheard.ifPresent(console::remark);
        return unheard.isEmpty() ? ExitCode.OK : ExitCode.NO;
    }

    private static String answer(String machine, boolean drains, boolean changed) {
        if (!changed) {
            return "Nothing to do: it already is.";
        }
        return drains
                ? "All nodes of %1$s are out of service. To undo: tandem machine %1$s ready"
                        .formatted(machine)
                : "All nodes of %s are back as tandem.yaml has them.".formatted(machine);
    }

    /// Balancers get maintenance, and web servers are drained; what an operator asked of a web
    /// server's weight stays.
    static Orders changed(Orders orders, Site site, String machine, String order) {
        boolean drains = order.equals(DRAIN);
        Orders changed = orders;
        for (Server.Own server : site.ownServersOn(machine)) {
            ServerOrder.State state = drains ? ServerOrder.State.DRAIN : ServerOrder.State.READY;
            int weight = orders.server(server.name()).weight();
            changed = changed.with(server.name(), new ServerOrder(state, weight));
        }
        for (Balancer balancer : site.balancersOn(machine)) {
            changed = changed.with(balancer.name(), drains ? Duty.MAINTENANCE : Duty.SERVE);
        }
        return changed;
    }
}
