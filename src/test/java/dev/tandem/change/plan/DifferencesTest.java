package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Access;
import dev.tandem.model.AddressRange;
import dev.tandem.model.Backend;
import dev.tandem.model.Checking;
import dev.tandem.model.ErrorPage;
import dev.tandem.model.FrontDoor;
import dev.tandem.model.GivenFile;
import dev.tandem.model.Headers;
import dev.tandem.model.Ip4;
import dev.tandem.model.LanInterface;
import dev.tandem.model.OwnLines;
import dev.tandem.model.Receiver;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Syslog;
import dev.tandem.model.TcpCheck;
import dev.tandem.model.Timing;
import dev.tandem.model.Tls;
import dev.tandem.prepare.Sample;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a plan names as the cause: the keys that were changed.
class DifferencesTest {
    private static final Site SITE = Sample.site();

    private static List<String> after(Site edited) {
        return Differences.between(SITE, edited).stream().map(Difference::text).toList();
    }

    @Test
    void theSameSiteDiffersInNothing() {
        assertThat(Differences.between(SITE, Sample.site())).isEmpty();
    }

    @Test
    void aDifferenceIsAPathAndBothValues() {
        assertThat(Differences.between(SITE, Edit.check(SITE, "/health")))
                .containsExactly(
                        new Difference.Changed(
                                KeyPath.of("backend", "check"),
                                Optional.of("/"),
                                Optional.of("/health")));
    }

    @Test
    void aKeyIsNamedAsInTheSiteFileWithBothValues() {
        Backend backend = new Backend(Backend.Balance.LEASTCONN, 2, "/health");
        assertThat(after(Edit.backend(SITE, backend)))
                .containsExactly(
                        "backend.balance: roundrobin → leastconn", "backend.check: / → /health");
    }

    @Test
    void aSectionThatComesOrGoesIsNamedKeyByKey() {
        Tls none = new Tls(List.of(), Optional.empty());
        Tls own = new Tls(List.of(), Optional.of(new Tls.Provided("./site.pem", "./site.key")));
        assertThat(Differences.between(none, own).stream().map(Difference::text))
                .containsExactly("certificate: none → ./site.pem", "key: none → ./site.key");
        assertThat(Differences.between(own, none).stream().map(Difference::text))
                .containsExactly("certificate: ./site.pem → none", "key: ./site.key → none");
    }

    @Test
    void aServiceIsNamedAsInTheSiteFile() {
        Site before = Sample.offering(SITE, Sample.service("postgres", 5432, TcpCheck.CONNECTION));
        TcpCheck check = TcpCheck.of(TcpCheck.Protocol.PGSQL);
        Site edited =
                Sample.offering(
                        SITE,
                        Sample.service("postgres", 5433, check),
                        Sample.service("reports", 5434, check));

        assertThat(Differences.between(before, edited).stream().map(Difference::text))
                .containsExactly(
                        "services.postgres.listen: 5432 → 5433",
                        "services.postgres.check: tcp → pgsql",
                        "services.reports: added");
    }

    @Test
    void serversAreComparedByName() {
        Site edited =
                Sample.serving(
                        SITE,
                        List.of(
                                Sample.own("web-a", "172.20.0.9"),
                                Sample.own("web-c", "172.20.0.4")));
        assertThat(after(edited))
                .containsExactly(
                        "servers.web-a.address: 172.20.0.2 → 172.20.0.9",
                        "servers.web-b: removed",
                        "servers.web-c: added");
    }

    @Test
    void anotherOrderIsADifference() {
        assertThat(after(Sample.serving(SITE, SITE.servers().reversed())))
                .containsExactly("servers: in another order");
    }

    /// Of a site that was applied before, nobody knows what was in the files that it names.
    @Test
    void aFileThatHasTheSameNameIsNoDifference() {
        ErrorPage before = new ErrorPage("503", new GivenFile("./sorry.html", ""));
        ErrorPage after = new ErrorPage("503", new GivenFile("./sorry.html", "Sorry"));
        ErrorPage other = new ErrorPage("503", new GivenFile("./other.html", "Sorry"));
        assertThat(Differences.between(before, after)).isEmpty();
        assertThat(Differences.between(before, other))
                .extracting(Difference::text)
                .containsExactly(": ./sorry.html → ./other.html");
    }

    @Test
    void whatABalancerDoesBesidesIsNamedAsInTheFile() {
        FrontDoor door =
                new FrontDoor(
                        FrontDoor.RedirectHttp.ON,
                        new Headers(
                                Headers.Edits.NONE,
                                new Headers.Edits(
                                        List.of(new Headers.Header("X-A", "b")),
                                        List.of("Server"))),
                        List.of(AddressRange.LOOPBACK),
                        new OwnLines(
                                List.of(),
                                List.of("compression algo gzip"),
                                List.of(),
                                List.of(),
                                List.of(new OwnLines.OfPool("api", List.of("hash-type sdbm")))),
                        FrontDoor.Compression.ON,
                        List.of(new Syslog(Ip4.of("10.0.0.9"), 514)),
                        FrontDoor.LogFormat.JSON,
                        List.of(new ErrorPage("503", new GivenFile("./sorry.html", "Sorry"))),
                        new Access(List.of(), Collections.nCopies(20, AddressRange.LOOPBACK)),
                        FrontDoor.Http3.ON,
                        List.of(ops()));
        assertThat(Differences.between(FrontDoor.PLAIN, door).stream().map(Difference::text))
                .containsExactly(
                        "redirect_http: off → on",
                        "headers.response.set.X-A: added",
                        "headers.response.remove: [] → [Server]",
                        "trusted_proxies: [] → [127.0.0.0/8]",
                        "haproxy.http: [] → [compression algo gzip]",
                        "haproxy.pool.api: added",
                        "compression: off → on",
                        "syslog: [] → [10.0.0.9:514]",
                        "log_format: httplog → json",
                        "errors.503: added",
                        "access.deny: [] → [127.0.0.0/8, 127.0.0.0/8, 127.0.0.0/8 and 17 more]",
                        "http3: off → on",
                        "notify.ops: added");
    }

    private static Receiver ops() {
        return new Receiver(
                "ops",
                new Receiver.Web(
                        "https://ntfy.example.org/ops",
                        Receiver.Form.NTFY,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                List.of(Receiver.About.VIP));
    }

    @Test
    void anotherWayToTellSomebodyIsNamedAsInTheFile() {
        Receiver.Way mail =
                new Receiver.Mail(
                        "smtp://mail.example.org",
                        "us@example.org",
                        List.of("ops@example.org"),
                        Optional.empty(),
                        Optional.empty());
        FrontDoor plain = FrontDoor.PLAIN;
        assertThat(
                        Differences.between(
                                        told(plain, ops()),
                                        told(plain, new Receiver("ops", mail, ops().about())))
                                .stream()
                                .map(Difference::text))
                .containsExactly(
                        "notify.ops: https://ntfy.example.org/ops → smtp://mail.example.org");
    }

    private static FrontDoor told(FrontDoor door, Receiver receiver) {
        return new FrontDoor(
                door.redirectHttp(),
                door.headers(),
                door.trustedProxies(),
                door.haproxy(),
                door.compression(),
                door.syslog(),
                door.logFormat(),
                door.errors(),
                door.access(),
                door.http3(),
                List.of(receiver));
    }

    @Test
    void anotherCheckIsNamedAsInTheFile() {
        Checking head = new Checking("HEAD", List.of("200"), Optional.of(8081));
        assertThat(Differences.between(Checking.USUAL, head).stream().map(Difference::text))
                .containsExactly(
                        "method: GET → HEAD", "expect: [200-399] → [200]", "port: none → 8081");
    }

    @Test
    void timesAreWrittenInSeconds() {
        assertThat(after(Edit.timing(SITE, Timing.within(Duration.ofMillis(3100)))))
                .contains("timing.advert: 0.05s → 1s");
    }

    @Test
    void noKeyIsNamedAsAJavaRecord() {
        Server there =
                new Server.Existing(
                        "web-a", Server.Scheme.HTTPS, "10.0.0.7", 443, Optional.empty());
        Server moved =
                new Server.Existing("web-a", Server.Scheme.HTTP, "10.0.0.7", 80, Optional.empty());
        assertThat(after(Sample.serving(SITE, List.of(there, SITE.servers().getLast()))))
                .containsExactly("servers.web-a: an Nginx of this site → https://10.0.0.7");
        assertThat(
                        Differences.between(
                                        Sample.serving(SITE, List.of(there)),
                                        Sample.serving(SITE, List.of(moved)))
                                .stream()
                                .map(Difference::text))
                .containsExactly("servers.web-a.url: https://10.0.0.7 → http://10.0.0.7");
        Site ens33 = Edit.lanInterface(SITE, new LanInterface.Named("ens33"));
        assertThat(after(ens33)).containsExactly("vip.interface: auto → ens33");
        assertThat(
                        Differences.between(
                                        ens33,
                                        Edit.lanInterface(SITE, new LanInterface.Named("eno1")))
                                .stream()
                                .map(Difference::text))
                .containsExactly("vip.interface: ens33 → eno1");
    }

    @Test
    void eachEditCanBeUndoneAlone() {
        Site edited =
                Edit.check(
                        Sample.serving(
                                Edit.vip(Edit.ports(SITE, 8080, 443), "192.168.0.160"),
                                List.of(
                                        Sample.own("web-c", "172.20.0.4"),
                                        Sample.own("web-a", "172.20.0.9"))),
                        "/health");
        List<Differences.Undoable> edits = Differences.undoable(SITE, edited);
        assertThat(edits).hasSize(6);
        for (Differences.Undoable edit : edits) {
            assertThat(Differences.between(SITE, edit.without().get()))
                    .as(edit.difference().text())
                    .hasSize(5)
                    .doesNotContain(edit.difference());
        }
    }
}
