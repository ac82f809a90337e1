package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.ServerOrder;
import dev.tandem.model.Stop;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A site without web servers: it comes up, and web servers come and go.
class ServicesAloneTest {
    @RegisterExtension static final FakeSites SITES = new FakeSites();

    private static final String WEB = FakeSite.PAIR.substring(FakeSite.PAIR.indexOf("backend:"));
    private static final String SERVICES =
            """
            services:
              db:
                listen: 5432
                servers:
                  db-1: {url: "tcp://10.0.0.21:5432"}
                  db-2: {url: "tcp://10.0.0.22:5432"}
            """;
    private static final ServerOrder DRAINED = new ServerOrder(ServerOrder.State.DRAIN, 100);

    private static FakeSite up() throws IOException {
        FakeSite site = SITES.fresh();
        site.edit(WEB, SERVICES);
        return site.up();
    }

    @Test
    void itComesUpWithItsBalancersAlone() throws IOException {
        FakeSite site = up();

        assertThat(site.place().site().services()).containsExactly("haproxy-a", "haproxy-b");
        assertThat(site.steps()).isEmpty();
        assertThat(site.holders()).containsExactly("haproxy-a");
    }

    @Test
    void webServersComeAndGo() throws IOException {
        FakeSite site = up();

        site.edit(SERVICES, WEB + SERVICES);
        site.apply();
        assertThat(site.steps()).isEmpty();
        assertThat(site.unserved()).isEmpty();

        site.edit(WEB + SERVICES, SERVICES);
        assertThat(site.steps())
                .contains("reload haproxy-a", "remove web-a")
                .noneMatch(step -> step.startsWith("replace"));
        site.apply();
        assertThat(site.steps()).isEmpty();
        assertThat(site.holders()).containsExactly("haproxy-a");
    }

    @Test
    void itsLastServerIsNotDrained() throws IOException {
        FakeSite site = up();
        site.order(site.engine(), "drain", orders -> orders.with("db-1", DRAINED));

        assertThatThrownBy(() ->
                        site.order(site.engine(), "drain", orders -> orders.with("db-2", DRAINED)))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop ->
                                assertThat(stop.seen())
                                        .contains("no server of db would get connections"));
    }
}
