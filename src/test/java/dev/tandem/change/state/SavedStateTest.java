package dev.tandem.change.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.change.plan.Loadable;
import dev.tandem.change.plan.Wanted;
import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import dev.tandem.prepare.Sample;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A state of a site on disk, copied and read again.
class SavedStateTest {
    private static final Orders ORDERS =
            Orders.NONE
                    .with("haproxy-a", Duty.YIELD)
                    .with("web-b", new ServerOrder(ServerOrder.State.DRAIN, 20));
    private static final Rendering RENDERING =
            new Rendering(
                    new TreeMap<>(
                            Map.of(
                                    "compose.yaml", "name: tandem\n",
                                    "haproxy-a/haproxy.cfg", "global\n",
                                    "haproxy-a/keepalived.conf", "vrrp\n",
                                    "haproxy-b/haproxy.cfg", "global # b\n",
                                    "web-a/nginx.conf", "events {}\n")),
                    new TreeMap<>(Map.of("haproxy-a", "1", "web-a", "2")));

    @TempDir private Path base;

    private SavedState state() {
        SiteDirectory directory = new SiteDirectory(base.resolve("state"));
        directory.write(RENDERING);
        SiteDirectory certificates = new SiteDirectory(base.resolve("made"));
        certificates.note("tls/balancer/site.pem", "certificate\n");
        certificates.note("tls/balancer/ca.pem", "authority\n");
        certificates.note("tls/web-a/server.pem", "certificate of web-a\n");
        directory.install(certificates, certificates.paths());
        SavedState stored = new SavedState(directory);
        stored.describe("site: tandem\n", ORDERS, RENDERING);
        return stored;
    }

    /// By what lies there, not by what the file asked for: a node whose machine the file does not
    /// name stays where it is. Certificates and what is not on a machine are of no node's place.
    @Test
    void itKnowsOnWhichMachineEachNodeIs() {
        SiteDirectory directory = new SiteDirectory(base.resolve("spread"));
        Map<String, String> files = new TreeMap<>();
        files.put("machines/m1/compose.yaml", "name: tandem\n");
        files.put("machines/m1/haproxy-a/haproxy.cfg", "global\n");
        files.put("machines/m2/haproxy-b/haproxy.cfg", "global # b\n");
        files.put("machines/m2/web-a/content/index.html", "web-a\n");
        files.put("machines/m2/tls/web-a/server.pem", "certificate\n");
        files.put("web-b/nginx.conf", "events {}\n");
        directory.write(new Rendering(new TreeMap<>(files), new TreeMap<>()));
        assertThat(new SavedState(directory).placed())
                .isEqualTo(Map.of("haproxy-a", "m1", "haproxy-b", "m2", "web-a", "m2"));
        assertThat(state().placed()).isEmpty();
    }

    @Test
    void whereNothingWasWrittenThereIsNoState() {
        SavedState none = new SavedState(new SiteDirectory(base.resolve("none")));
        assertThat(none.exists()).isFalse();
        assertThat(none.siteFile()).isEmpty();
        assertThat(none.orders()).isEqualTo(Orders.NONE);
    }

    @Test
    void whatIsWantedIsReadOffIt() {
        Wanted wanted = state().wanted(Sample.site());

        assertThat(wanted.orders()).isEqualTo(ORDERS);
        assertThat(wanted.stamps()).isEqualTo(Map.of("haproxy-a", "1", "web-a", "2"));
        assertThat(wanted.files())
                .containsOnlyKeys(
                        "compose.yaml",
                        "haproxy-a/haproxy.cfg",
                        "haproxy-a/keepalived.conf",
                        "haproxy-b/haproxy.cfg",
                        "tls/balancer/ca.pem",
                        "tls/balancer/site.pem",
                        "tls/web-a/server.pem",
                        "web-a/nginx.conf");
        assertThat(wanted.loaded("haproxy-a"))
                .isEqualTo(
                        Map.of(
                                Loadable.HAPROXY, Rendering.sha256("global\n"),
                                Loadable.KEEPALIVED, Rendering.sha256("vrrp\n"),
                                Loadable.CERTIFICATE, Rendering.sha256("certificate\n"),
                                Loadable.CA, Rendering.sha256("authority\n")));
        assertThat(wanted.loaded("web-a"))
                .isEqualTo(
                        Map.of(
                                Loadable.NGINX,
                                Rendering.sha256("events {}\n"),
                                Loadable.SERVER_CERTIFICATE,
                                Rendering.sha256("certificate of web-a\n")));
    }

    @Test
    void whatWouldBeRenderedNowIsWantedWithTheCertificatesThatLieThere() {
        SavedState state = state();
        assertThat(state.wanted(Sample.site(), RENDERING)).isEqualTo(state.wanted(Sample.site()));
    }

    @Test
    void aCertificateThatIsGoneIsWantedAsItWasInstalled() throws IOException {
        SavedState state = state();
        Wanted before = state.wanted(Sample.site());
        Files.delete(state.directory().root().resolve("tls/balancer/site.pem"));
        Wanted wanted = state.wanted(Sample.site(), RENDERING);
        assertThat(wanted.files()).isEqualTo(before.files());
        assertThat(wanted.loaded("haproxy-a")).isEqualTo(before.loaded("haproxy-a"));
    }

    @Test
    void aCopyIsTheSameState() {
        SavedState state = state();
        SiteDirectory copy = new SiteDirectory(base.resolve("history/1/before"));
        state.copyTo(copy);

        SavedState copied = new SavedState(copy);
        assertThat(copied.exists()).isTrue();
        assertThat(copied.siteFile()).isEqualTo("site: tandem\n");
        assertThat(copied.wanted(Sample.site())).isEqualTo(state.wanted(Sample.site()));
        assertThat(copy.written()).isEqualTo(state.directory().written());
    }

    @Test
    void ordersCanBeTakenOverAlone() {
        SavedState state = state();
        SavedState other = new SavedState(new SiteDirectory(base.resolve("other")));
        other.describe("site: other\n", Orders.NONE, RENDERING);
        other.takeOrders(state);
        assertThat(other.orders()).isEqualTo(ORDERS);
        assertThat(other.siteFile()).isEqualTo("site: other\n");
        other.takeNotes(state);
        assertThat(other.siteFile()).isEqualTo("site: tandem\n");
    }
}
