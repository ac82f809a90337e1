package dev.tandem.change;

import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A change of a {@link SpreadSite}.
///
/// @param name in a few words
/// @param scene what was there before, and the edit of the site file
/// @param call what the operator types
record SpreadChange(
        String name, Consumer<SpreadSite> scene, BiConsumer<SpreadSite, SpreadSite.Ways> call) {
    private static final String M2 = "  m2: {ssh: root@198.51.100.12}\n";
    private static final String M3 = M2 + "  m3: {ssh: root@198.51.100.13}\n";
    private static final String WEB_B = "  web-b: {machine: m2}\n";
    private static final String WEB_C = WEB_B + "  web-c: {machine: m3}\n";

    @Override
    public String toString() {
        return name;
    }

    private static SpreadChange edit(String name, String old, String fresh) {
        return new SpreadChange(name, site -> site.edit(old, fresh), SpreadSite::apply);
    }

    private static ServerOrder asked(ServerOrder.State state, int weight) {
        return new ServerOrder(state, weight);
    }

    /// As `tandem machine m1 drain` asks for.
    static Orders drained(Orders orders) {
        return orders.with("web-a", asked(ServerOrder.State.DRAIN, 100))
                .with("haproxy-a", Duty.MAINTENANCE);
    }

    private static Orders ready(Orders orders) {
        return orders.with("web-a", asked(ServerOrder.State.READY, 100))
                .with("haproxy-a", Duty.SERVE);
    }

    private static SpreadChange order(
            String name, UnaryOperator<Orders> before, UnaryOperator<Orders> then) {
        return new SpreadChange(
                name,
                site -> {
                    if (!before.apply(Orders.NONE).equals(Orders.NONE)) {
                        site.order(one -> one, before);
                    }
                },
                (site, ways) -> site.order(ways, then));
    }

    /// A third machine, with a web server.
    static void join(SpreadSite site) {
        site.edit(M2, M3);
        site.edit(WEB_B, WEB_C);
    }

    /// It is not in the file any more.
    static void leave(SpreadSite site) {
        site.edit(M3, M2);
        site.edit(WEB_C, WEB_B);
    }

    /// All of them.
    static List<SpreadChange> all() {
        return List.of(
                order("a weight", o -> o, o -> o.with("web-a", asked(ServerOrder.State.READY, 50))),
                order("machine drain", o -> o, SpreadChange::drained),
                order("machine ready", SpreadChange::drained, SpreadChange::ready),
                edit("a reload", "balance: roundrobin", "balance: leastconn"),
                edit("replaced balancers", "backend:", "listen: {health: 8405}\nbackend:"),
                edit("a replaced web server", "web-b: {machine: m2}", PAGES),
                edit("a web server moves", "web-a: {machine: m1}", "web-a: {machine: m2}"),
                new SpreadChange("a machine joins", SpreadChange::join, SpreadSite::apply),
                new SpreadChange(
                        "a machine leaves",
                        site -> {
                            join(site);
                            site.apply();
                            leave(site);
                        },
                        SpreadSite::apply),
                new SpreadChange(
                        "rollback",
                        site -> {
                            site.edit("web-a: {machine: m1}", "web-a: {machine: m2}");
                            site.edit("balance: roundrobin", "balance: leastconn");
                            site.apply();
                        },
                        (site, ways) -> {
                            site.rollback(ways);
                            site.text(SpreadSite.TWO);
                        }));
    }

    private static final String PAGES = "web-b: {machine: m2, content: /srv/other}";
}
