package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.prepare.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What plans make of pools and routes.
class PooledPlanTest {
    private static final String FILE =
            """
            vip: {address: 192.168.0.150}
            balancers: {haproxy-a: , haproxy-b: }
            servers: {web-a: }
            pools:
              api: {servers: {web-b: , api-1: {url: "http://10.0.0.11"}}}
            routes:
              - {host: api.test, to: api}
              - {host: old.test, redirect: "https://www.test"}
            """;
    private static final Site SITE = Sample.read(FILE);

    private static List<String> after(String old, String fresh) {
        assertThat(FILE).contains(old);
        return Differences.between(SITE, Sample.read(FILE.replace(old, fresh))).stream()
                .map(Difference::text)
                .toList();
    }

    private static List<String> changed(String old, String fresh) {
        return Effects.of(SITE, Sample.read(FILE.replace(old, fresh))).stream()
                .flatMap(effect -> effect.changes().stream().sorted())
                .distinct()
                .toList();
    }

    @Test
    void keysAreNamedAsInTheFile() {
        assertThat(after("web-b: ,", "web-b: {weight: 50%},"))
                .containsExactly("pools.api.servers.web-b.weight: 100 → 50");
        assertThat(after("0.11\"}", "0.11\", backup: true, max_connections: 9}"))
                .containsExactly(
                        "pools.api.servers.api-1.max_connections: none → 9",
                        "pools.api.servers.api-1.backup: false → true");
        assertThat(after("0.11", "0.12"))
                .containsExactly(
                        "pools.api.servers.api-1.url: http://10.0.0.11 → http://10.0.0.12");
        assertThat(after("api: {", "api: {timing: {server: 600s}, balance: leastconn, "))
                .containsExactly(
                        "pools.api.balance: roundrobin → leastconn",
                        "pools.api.timing.server: none → 600s");
        assertThat(after("routes:\n", "haproxy: {pool: {api: hash-type sdbm}}\nroutes:\n"))
                .containsExactly("haproxy.pool.api: added");
        assertThat(after("routes:\n", "  img: {servers: {img-1: }}\nroutes:\n"))
                .containsExactly("pools.img: added");
    }

    /// By a reload, too.
    @Test
    void whoIsToldOfClientsIsNamedAsInTheFile() {
        String before = FILE.replace("web-b: , ", "");
        String after = before.replace("api: {", "api: {proxy_protocol: v2, ");
        assertThat(Effects.of(Sample.read(before), Sample.read(after)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.key().text()).isEqualTo("pools.api.proxy_protocol: none → v2");
                    assertThat(one.changes())
                            .containsExactlyInAnyOrder(
                                    "haproxy-a/haproxy.cfg", "haproxy-b/haproxy.cfg");
                });
    }

    @Test
    void routesAreNamedByWhatTheyAreFor() {
        assertThat(after("  - {host: old.test", "  - {path: /v1/, to: api}\n  - {host: old.test"))
                .containsExactly("routes./v1/: added");
        assertThat(after("host: api.test, to: api", "host: api.test, to: web"))
                .containsExactly("routes.api.test/: to api → to web");
        assertThat(after("www.test\"", "www.test\", code: 301"))
                .containsExactly("routes.old.test/: 302 https://www.test → 301 https://www.test");
    }

    /// By a reload: no container, nothing of the hand-over.
    @Test
    void routesAndWeightsChangeHaproxyAlone() {
        List<String> haproxy = List.of("haproxy-a/haproxy.cfg", "haproxy-b/haproxy.cfg");
        assertThat(changed("to: api}", "to: web}")).isEqualTo(haproxy);
        assertThat(changed("routes:\n", "haproxy: {pool: {api: hash-type sdbm}}\nroutes:\n"))
                .isEqualTo(haproxy);
        assertThat(changed("0.11\"}", "0.11\", backup: true}")).isEqualTo(haproxy);
    }

    @Test
    void eachPoolKeepsAWebServer() {
        PlannedSite ground = new PlannedSite();
        ground.site = SITE;
        ground.treats("haproxy-a", "api-1", ServerOrder.READY, Seen.Use.DOWN);
        ground.treats("haproxy-b", "api-1", ServerOrder.READY, Seen.Use.DOWN);
        ServerOrder drain = new ServerOrder(ServerOrder.State.DRAIN, 100);
        ground.orders = Orders.NONE.with("web-b", drain);
        assertThat(ground.harm())
                .containsExactly(
                        "no web server of the pool api would get requests: none of those that"
                                + " remain is up");
        ground.orders = Orders.NONE.with("web-a", drain);
        assertThat(ground.harm())
                .containsExactly(
                        "no web server of the pool web would get requests: all are drained or in"
                                + " maintenance");
    }

    /// web-a is up, and of another pool.
    @Test
    void theOnlyOneOfAPoolIsNotReplaced() {
        PlannedSite ground = new PlannedSite();
        ground.site = SITE;
        ground.stamps.put("web-b", "2");
        ground.treats("haproxy-a", "api-1", ServerOrder.READY, Seen.Use.DOWN);
        ground.treats("haproxy-b", "api-1", ServerOrder.READY, Seen.Use.DOWN);
        assertThat(ground.harm())
                .containsExactly("web-b is the only web server that is up, and would be replaced");
    }
}
