package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.carry.Consent;
import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.Pool;
import dev.tandem.model.Return;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.model.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A verb that gives an order to one node: `drain`, `ready`, `weight`, `maintenance`, `switchover`.
/// The order stays until it is taken back.
public final class NodeVerb extends SiteVerb<NodeVerb.Asked> {
    private final Console console;
    private final Changes changes;
    private final Asking asking;

    private NodeVerb(Console console, Changes changes, LeftFaults left, Asking asking) {
        super(left);
        this.console = console;
        this.changes = changes;
        this.asking = asking;
    }

    /// All verbs of this kind.
    public static List<Verb<?>> all(Console console, Changes changes, LeftFaults left) {
        return Arrays.stream(Asking.values())
                .<Verb<?>>map(asking -> new NodeVerb(console, changes, left, asking))
                .toList();
    }

    /// The options.
    ///
    /// @param node the node; empty if none was named
    /// @param percent the share, as typed; empty for a verb without one
    /// @param waits whether it returns only when the last request has ended
    public record Asked(
            Optional<String> node, Optional<String> percent, boolean waits, ChangeOptions change) {
        /// The arguments, as typed.
        String subject() {
            return Stream.concat(node.stream(), percent.stream()).collect(Collectors.joining(" "));
        }
    }

    /// The orders that a node can be given.
    private enum Asking {
        /// No new requests for a web server.
        DRAIN,
        /// A node as the site file says.
        READY,
        /// A share of requests.
        WEIGHT,
        /// Another holder of the VIP.
        SWITCHOVER,
        /// A balancer out of service.
        MAINTENANCE
    }

    @Override
    public String name() {
        return asking.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String summary() {
        return switch (asking) {
            case DRAIN -> "Sends a web server no new requests, until ready. Open requests finish.";
            case READY -> "Puts a node back in service after drain or maintenance.";
            case WEIGHT -> "Sends a web server only part of its share of requests.";
            case SWITCHOVER -> "Moves the VIP to another balancer without losing a request.";
            case MAINTENANCE -> "Takes a balancer or a pool out of service, until ready.";
        };
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Optional<String>> node = node(options);
        Option<Optional<String>> percent = _ -> Optional.empty();
        if (asking == Asking.WEIGHT) {
            Option<Optional<String>> share = options.argument("PERCENT", "1% to 100%.");
            percent = given -> Optional.of(share.in(given).orElse(""));
        }
        Option<Boolean> wait = _ -> false;
        if (asking == Asking.DRAIN) {
            wait = options.flag("Returns once its last request has finished.", "--wait");
        }
        return reading(node, percent, wait, ChangeOptions.in(options));
    }

    private static Function<Given, Asked> reading(
            Option<Optional<String>> node,
            Option<Optional<String>> percent,
            Option<Boolean> wait,
            Function<Given, ChangeOptions> change) {
        return given ->
                new Asked(node.in(given), percent.in(given), wait.in(given), change.apply(given));
    }

    /// Without an argument, the VIP moves to the next balancer.
    private Option<Optional<String>> node(Options options) {
        return asking == Asking.SWITCHOVER
                ? options.optionalArgument("NODE", "A balancer; by default the next one.")
                : options.argument("NODE", names());
    }

    private String names() {
        return switch (asking) {
            case DRAIN, WEIGHT -> "A web server, or a server of a TCP service.";
            case READY -> "A server, a balancer or a pool.";
            case SWITCHOVER -> "A balancer.";
            case MAINTENANCE -> "A balancer, or a pool of web servers.";
        };
    }

    /// A wrong command line ends here, before the site is touched.
    @Override
    Optional<ExitCode> beforehand(Asked asked, GivenSite given) {
        Site site = given.applied();
        boolean optional = asking == Asking.SWITCHOVER && asked.node().isEmpty();
        List<String> problem = optional ? List.of() : problem(asked.node().orElse(""), site);
        if (problem.isEmpty() && percent(asked).isEmpty()) {
            problem = List.of("PERCENT is 1% to 100%, for example: tandem weight web-a 20%");
        }
        if (problem.isEmpty()) {
            return Optional.empty();
        }
        console.remark("tandem: " + String.join("\n  ", problem));
        return Optional.of(ExitCode.USAGE);
    }

    /// Why the node cannot be given this order, line by line; empty if it can.
    private List<String> problem(String node, Site site) {
        List<String> known = candidates(site);
        String choice = "there are: " + String.join(", ", known);
        if (node.isEmpty()) {
            return List.of(name() + " needs a NODE; none was named", choice);
        }
        if (known.contains(node)) {
            return List.of();
        }
        if (isBalancer(site, node)) {
            return List.of(
                    node + " is a balancer; " + name() + " is for servers",
                    "next:  tandem maintenance " + node);
        }
        if (site.namesOfServers().contains(node)) {
            return List.of(
                    node + " is a server; " + name() + " is for balancers",
                    "next:  tandem drain " + node);
        }
        List<String> lines = new ArrayList<>();
        lines.add("no node '" + node + "' that can be given to " + name());
        Suggestion.closest(node, known)
                .ifPresent(near -> lines.add("did you mean '" + near + "'?"));
        lines.add(choice);
        return lines;
    }

    private static boolean isBalancer(Site site, String node) {
        return site.balancers().stream().anyMatch(balancer -> balancer.name().equals(node));
    }

    @Override
    Optional<Console> inIncidents() {
        return Optional.of(console);
    }

    @Override
    ExitCode run(Asked asked, GivenSite given) {
        Site site = given.applied();
        int percent = percent(asked).orElseThrow();
        String chosen = asked.node().orElseGet(() -> changes.nextHolder(site));
        String called = called(given.states().present().orders(), site, chosen);
        ChangeOutcome outcome =
                changes.order(
                        given.place(),
                        new ChangeCall(name(), asked.subject(), given)
                                .request(asked.change(), _ -> Consent.GIVEN),
                        orders -> changed(orders, site, chosen, percent));
        if (asking == Asking.SWITCHOVER && site.vip().returns() == Return.NEVER) {
            outcome = settled(asked, given, outcome);
        }
        ServerOrder.State state = given.states().present().orders().server(chosen).state();
        if (asked.waits()) {
            changes.awaitIdle(given.place(), chosen, asked.change().limits().step());
        }
        console.answer(answer(called, percent, outcome.changed(), state));
        Optional<String> unheard = unheard(outcome.snapshot().late());
        unheard.ifPresent(console::remark);
        return unheard.isEmpty() ? ExitCode.OK : ExitCode.NO;
    }

    /// Where the VIP stays, nobody has to yield any longer once it has moved: the others would be
    /// worse than the chosen one for ever, and it would come back to that one.
    private ChangeOutcome settled(Asked asked, GivenSite given, ChangeOutcome moved) {
        ChangeOutcome served =
                changes.order(
                        given.place(),
                        new ChangeCall(name(), asked.subject(), given)
                                .request(asked.change(), _ -> Consent.GIVEN),
                        orders -> serving(orders, given.applied()));
        return moved.changed() ? moved : served;
    }

    private static Orders serving(Orders orders, Site site) {
        Orders changed = orders;
        for (Balancer balancer : site.balancers()) {
            if (orders.duty(balancer.name()) == Duty.YIELD) {
                changed = changed.with(balancer.name(), Duty.SERVE);
            }
        }
        return changed;
    }

    /// A balancer that runs and does not answer may not follow.
    static Optional<String> unheard(List<String> balancers) {
        return balancers.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ("tandem: not known whether %s %s it: no answer"
                                        + "\n  next:  tandem logs %s; then the same command again")
                                .formatted(
                                        String.join(" and ", balancers),
                                        balancers.size() == 1 ? "follows" : "follow",
                                        balancers.getFirst()));
    }

    @Override
    public List<String> candidates(Supplier<Site> site) {
        return candidates(site.get());
    }

    private List<String> candidates(Site site) {
        List<String> servers = site.namesOfServers();
        List<String> balancers = site.balancers().stream().map(Balancer::name).toList();
        return switch (asking) {
            case DRAIN, WEIGHT -> servers;
            case SWITCHOVER -> balancers;
            case MAINTENANCE -> joined(balancers, poolNames(site));
            case READY -> joined(joined(balancers, servers), poolNames(site));
        };
    }

    private static List<String> joined(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    private static List<String> poolNames(Site site) {
        return site.pools().stream().map(Pool::name).toList();
    }

    /// 100 for a verb without a percentage; empty when the argument is not a percentage.
    private static Optional<Integer> percent(Asked asked) {
        if (asked.percent().isEmpty()) {
            return Optional.of(ServerOrder.READY.weight());
        }
        return asked.percent()
                .filter(text -> text.matches("([1-9]\\d?|100)%?"))
                .map(text -> Integer.parseInt(text.replace("%", "")));
    }

    private Orders changed(Orders orders, Site site, String node, int percent) {
        ServerOrder now = orders.server(node);
        return switch (asking) {
            case DRAIN -> orders.with(node, new ServerOrder(ServerOrder.State.DRAIN, now.weight()));
            case WEIGHT -> orders.with(node, new ServerOrder(now.state(), percent));
            case READY -> ready(orders, site, node);
            case MAINTENANCE ->
                    isBalancer(site, node)
                            ? orders.with(node, Duty.MAINTENANCE)
                            : pool(site, node)
                                    .map(pool -> orders.with(pool, ServerOrder.State.MAINT))
                                    .orElse(orders);
            case SWITCHOVER -> switched(orders, site, node);
        };
    }

    private static Orders ready(Orders orders, Site site, String node) {
        if (isBalancer(site, node)) {
            return orders.with(node, Duty.SERVE);
        }
        return poolOf(orders, site, node)
                .map(pool -> orders.with(pool, ServerOrder.State.READY))
                .orElseGet(() -> {
                    int weight = orders.server(node).weight();
                    return orders.with(node, new ServerOrder(ServerOrder.State.READY, weight));
                });
    }

    /// A node in an answer of this verb, so that a pool and a server of one name are told apart.
    private String called(Orders orders, Site site, String node) {
        boolean isOfBoth = pool(site, node).isPresent() && site.namesOfServers().contains(node);
        return asking != Asking.READY || !isOfBoth || isBalancer(site, node)
                ? node
                : (poolOf(orders, site, node).isPresent() ? "the pool " : "the server ") + node;
    }

    /// Which pool a name means to `ready`. Of a pool and a server of one name, it is the pool while
    /// that is in maintenance, and else the server: others of the pool may be drained.
    private static Optional<Pool> poolOf(Orders orders, Site site, String name) {
        return pool(site, name)
                .filter(pool -> orders.isOut(pool) || !site.namesOfServers().contains(name));
    }

    private static Optional<Pool> pool(Site site, String name) {
        return site.pools().stream().filter(pool -> pool.name().equals(name)).findFirst();
    }

    /// The balancers before it in the file yield; all others serve. Where the VIP stays, all others
    /// yield. Maintenance stays.
    private static Orders switched(Orders orders, Site site, String chosen) {
        Orders changed = orders;
        boolean before = true;
        boolean stays = site.vip().returns() == Return.NEVER;
        for (Balancer balancer : site.balancers()) {
            String name = balancer.name();
            if (name.equals(chosen)) {
                before = false;
            }
            boolean yields = before || (stays && !name.equals(chosen));
            if (orders.duty(name) != Duty.MAINTENANCE) {
                changed = changed.with(name, yields ? Duty.YIELD : Duty.SERVE);
            }
        }
        return changed;
    }

    private String answer(String node, int percent, boolean changed, ServerOrder.State state) {
        if (!changed) {
            return "Nothing to do: it already is.";
        }
        return switch (asking) {
            case DRAIN -> node + " gets no new requests. To undo: tandem ready " + node;
            case READY -> node + " is back as tandem.yaml has it.";
            case WEIGHT ->
                    state == ServerOrder.State.READY
                            ? node + " gets " + percent + " % of its share."
                            : node
                                    + " still gets no new requests; after tandem ready "
                                    + node
                                    + " it gets "
                                    + percent
                                    + " % of its share.";
            case SWITCHOVER -> node + " holds the VIP.";
            case MAINTENANCE -> node + " is out of service. To undo: tandem ready " + node;
        };
    }
}
