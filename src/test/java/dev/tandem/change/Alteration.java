package dev.tandem.change;

import dev.tandem.change.carry.Force;
import dev.tandem.docker.Command;
import dev.tandem.docker.Runner;
import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import dev.tandem.prepare.SiteDirectory;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A change of a {@link FakeSite}: each has a kind of step that others do not have.
///
/// @param name in a few words
/// @param steps its plan, by verb and node
/// @param scene what was there before: the edit of the site file, what somebody did beside Tandem
/// @param call what the operator types
/// @param clients whether clients are to notice nothing at any moment
record Alteration(
        String name,
        List<String> steps,
        Consumer<FakeSite> scene,
        BiConsumer<FakeSite, Runner> call,
        Clients clients) {
    /// What they notice.
    enum Clients {
        NOTICE_NOTHING,
        NOTICE
    }

    private static final String BACKEND = "backend:";
    private static final String WEB_B = "203.0.113.12}";

    @Override
    public String toString() {
        return name;
    }

    private static Orders nothing(Orders orders) {
        return orders;
    }

    private static void apply(FakeSite site, Runner runner) {
        site.apply(runner, Force.NONE);
    }

    private static Alteration of(String name, List<String> steps, Consumer<FakeSite> scene) {
        return new Alteration(name, steps, scene, Alteration::apply, Clients.NOTICE_NOTHING);
    }

    private static Alteration edit(String name, String old, String fresh, String... steps) {
        return of(name, List.of(steps), site -> site.edit(old, fresh));
    }

    private static Alteration outside(String name, String command, String... steps) {
        return of(name, List.of(steps), site -> outside(site, command));
    }

    /// Somebody types a command beside Tandem.
    static void outside(FakeSite site, String command) {
        outside(site, List.of(command.split(" ")));
    }

    static void outside(FakeSite site, List<String> argv) {
        if (!site.engine().run(Command.of(Duration.ofSeconds(20), argv)).ok()) {
            throw new AssertionError(String.join(" ", argv));
        }
        site.pass(Duration.ofSeconds(10));
    }

    /// Somebody has HAProxy of the master treat a web server otherwise.
    static void atTheSocket(FakeSite site, String command) {
        outside(site, List.of("docker", "exec", "fake-haproxy-a", "runtime", command));
    }

    /// @param before what is asked already
    private static Alteration order(
            String verb,
            UnaryOperator<Orders> before,
            UnaryOperator<Orders> then,
            String... steps) {
        return new Alteration(
                verb,
                List.of(steps),
                site -> {
                    if (!before.apply(Orders.NONE).equals(Orders.NONE)) {
                        site.order(site.engine(), "before", before);
                    }
                },
                (site, runner) -> site.order(runner, verb, then),
                Clients.NOTICE_NOTHING);
    }

    private static ServerOrder asked(ServerOrder.State state) {
        return new ServerOrder(state, 100);
    }

    /// All of them.
    static List<Alteration> all() {
        return Stream.of(
                        ofBalancers(),
                        ofServers(),
                        outside(),
                        detached(),
                        ordered(),
                        List.of(ofBothServers(), renumbered(), rollback()))
                .flatMap(List::stream)
                .toList();
    }

    /// The CA was for no name: there is another ca.pem, which no node reads.
    private static Alteration certificate(String... reloads) {
        String[] steps =
                Stream.concat(Stream.of(reloads), Stream.of("write site")).toArray(String[]::new);
        return edit("a certificate", BACKEND, "tls: {names: [www.example]}\n" + BACKEND, steps);
    }

    private static List<Alteration> ofBalancers() {
        String[] reloads = behindAStandIn("reload");
        String[] replaced = behindAStandIn("replace");
        return List.of(
                edit("haproxy.cfg", "balance: roundrobin", "balance: leastconn", reloads),
                edit(
                        "keepalived.conf and handover.nft",
                        BACKEND,
                        "failover: steady\n" + BACKEND,
                        reloads),
                certificate(reloads),
                edit(
                        "an image of balancers",
                        BACKEND,
                        "listen: {health: 8405}\n" + BACKEND,
                        replaced),
                edit("no hand-over", BACKEND, "handover: off\n" + BACKEND, replaced),
                edit(
                        "the container of the master",
                        "hostname: bl1",
                        "hostname: bl9",
                        "switchover haproxy-b",
                        "replace haproxy-a",
                        "probe haproxy-a",
                        "home haproxy-a"),
                of(
                                "another VIP",
                                List.of(replaced),
                                site -> site.edit("98.51.100.150", "98.51.100.160"))
                        .noticed(),
                edit(
                        "a balancer more",
                        BACKEND,
                        "  haproxy-c: {address: 203.0.113.70}\n" + BACKEND,
                        with(
                                List.of("reload web-a", "reload web-b"),
                                replaced,
                                List.of("create haproxy-c", "probe haproxy-c"))));
    }

    private static List<Alteration> ofServers() {
        String[] reloads = behindAStandIn("reload");
        return List.of(
                edit(
                        "the pages of a web server",
                        WEB_B,
                        "203.0.113.12, content: ./other}",
                        "drain web-b",
                        "replace web-b",
                        "ready web-b"),
                of(
                        "another secret for drills",
                        List.of("reload web-a", "reload web-b"),
                        site -> site.place().directory().note(".drill-secret", "0".repeat(32))),
                edit(
                        "the address of a web server",
                        WEB_B,
                        "203.0.113.22}",
                        with(List.of("drain web-b", "replace web-b"), reloads, List.of())),
                edit(
                        "a web server more",
                        WEB_B,
                        WEB_B + "\n  web-c: {address: 203.0.113.13}",
                        with(List.of("create web-c"), reloads, List.of())),
                edit(
                        "a web server less",
                        "  web-b: {address: " + WEB_B + "\n",
                        "",
                        with(List.of(), reloads, List.of("remove web-b"))));
    }

    private static Alteration ofBothServers() {
        return of(
                "the pages of both web servers",
                List.of(
                        "drain web-a",
                        "replace web-a",
                        "ready web-a",
                        "drain web-b",
                        "replace web-b",
                        "ready web-b"),
                site -> {
                    site.edit("203.0.113.11}", "203.0.113.11, content: ./other}");
                    site.edit(WEB_B, "203.0.113.12, content: ./other}");
                });
    }

    private static List<Alteration> detached() {
        return List.of(
                outside(
                        "a web server off its network",
                        "docker network disconnect fake-net fake-web-b",
                        "attach web-b"),
                outside(
                        "a backup off the LAN",
                        "docker network disconnect fake_lan fake-haproxy-b",
                        "attach haproxy-b",
                        "probe haproxy-b"),
                of(
                        "a web server with another address",
                        List.of("attach web-b"),
                        site -> {
                            outside(site, "docker network disconnect fake-net fake-web-b");
                            outside(
                                    site,
                                    "docker network connect --ip 203.0.113.99 --alias web-b"
                                            + " fake-net fake-web-b");
                        }));
    }

    private static List<Alteration> outside() {
        return List.of(
                outside("a web server that stands", "docker stop fake-web-b", "start web-b"),
                outside(
                        "a backup that stands", "docker stop fake-haproxy-b",
                        "start haproxy-b", "probe haproxy-b"),
                outside(
                        "a master that stands", "docker stop fake-haproxy-a",
                        "start haproxy-a", "probe haproxy-a"),
                outside("a web server that is paused", "docker pause fake-web-b", "unpause web-b"),
                outside(
                                "a master that is paused", "docker pause fake-haproxy-a",
                                "unpause haproxy-a", "probe haproxy-a")
                        .noticed(),
                outside(
                        "a web server that is gone",
                        "docker rm --force fake-web-b",
                        "create web-b"),
                outside(
                        "a restart policy",
                        "docker update --restart no fake-haproxy-a",
                        "policy haproxy-a"),
                outside(
                        "an address too many",
                        "docker exec fake-haproxy-a ip address add 198.51.100.77/24 dev eth1",
                        "unassign haproxy-a"),
                of(
                        "a file that was edited",
                        List.of("write haproxy-a"),
                        site -> {
                            SiteDirectory files = site.place().directory();
                            String path = "haproxy-a/haproxy.cfg";
                            files.note(path, files.read(path) + "# edited\n");
                        }),
                of(
                        "a server that was drained at the socket",
                        List.of("set haproxy-a"),
                        site -> atTheSocket(site, "set server web/web-b state drain")));
    }

    private static List<Alteration> ordered() {
        ServerOrder drained = asked(ServerOrder.State.DRAIN);
        UnaryOperator<Orders> drain = orders -> orders.with("web-b", drained);
        UnaryOperator<Orders> yield = orders -> orders.with("haproxy-a", Duty.YIELD);
        UnaryOperator<Orders> out = orders -> orders.with("haproxy-a", Duty.MAINTENANCE);
        String[] each = {"set haproxy-b", "set haproxy-a"};
        String[] away = {"duty haproxy-a", "home haproxy-b"};
        String[] home = {"duty haproxy-a", "home haproxy-a"};
        return List.of(
                order("drain", Alteration::nothing, drain, each),
                order("ready", drain, orders -> orders.with("web-b", ServerOrder.READY), each),
                order(
                        "weight",
                        Alteration::nothing,
                        orders ->
                                orders.with("web-b", new ServerOrder(ServerOrder.State.READY, 20)),
                        each),
                order(
                        "maintenance",
                        Alteration::nothing,
                        orders -> orders.with("web-b", asked(ServerOrder.State.MAINT)),
                        each),
                order("switchover", Alteration::nothing, yield, away),
                order(
                        "switchover back",
                        yield,
                        orders -> orders.with("haproxy-a", Duty.SERVE),
                        home),
                order("maintenance of the master", Alteration::nothing, out, away),
                order(
                        "ready of the master",
                        out,
                        orders -> orders.with("haproxy-a", Duty.SERVE),
                        home));
    }

    private static Alteration renumbered() {
        return edit(
                "the virtual router",
                "{address: 198.51",
                "{router_id: 7, address: 198.51",
                "duty haproxy-b",
                "reload haproxy-b",
                "reload haproxy-a",
                "probe haproxy-a",
                "duty haproxy-b",
                "probe haproxy-b",
                "home haproxy-a");
    }

    private static Alteration rollback() {
        return new Alteration(
                "rollback",
                List.of(
                        with(
                                List.of("drain web-b", "replace web-b", "ready web-b"),
                                behindAStandIn("reload"),
                                List.of())),
                site -> {
                    site.edit("balance: roundrobin", "balance: leastconn");
                    site.edit(WEB_B, "203.0.113.12, content: ./other}");
                    site.apply();
                },
                (site, runner) -> {
                    site.rollback(runner);
                    site.text(FakeSite.PAIR);
                },
                Clients.NOTICE_NOTHING);
    }

    private Alteration noticed() {
        return new Alteration(name, steps, scene, call, Clients.NOTICE);
    }

    /// All balancers, the master last.
    private static String[] behindAStandIn(String verb) {
        return new String[] {
            verb + " haproxy-b",
            "probe haproxy-b",
            "switchover haproxy-b",
            "watch haproxy-b",
            verb + " haproxy-a",
            "probe haproxy-a",
            "home haproxy-a"
        };
    }

    private static String[] with(List<String> before, String[] steps, List<String> after) {
        return Stream.of(before, List.of(steps), after)
                .flatMap(List::stream)
                .toArray(String[]::new);
    }
}
