package dev.tandem.health;

import static dev.tandem.prepare.Sample.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Container;
import dev.tandem.model.Orders;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.BalancerSeen.Silent;
import dev.tandem.observe.InitSeen;
import dev.tandem.observe.Loaded;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Standing;
import dev.tandem.observe.Vrrp;
import dev.tandem.prepare.Sample;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/// What a site lacks, in the words of the messages.
class ReadinessTest {
    private static final Site SITE = Sample.site();

    private static List<String> lacks(Snapshot seen) {
        return Readiness.lacks(SITE, seen).stream().map(Lack::sentence).toList();
    }

    private static Snapshot seen(BalancerSeen a, BalancerSeen b) {
        return new Snapshot(Sample.healthy().containers(), Map.of("haproxy-a", a, "haproxy-b", b));
    }

    private static Snapshot with(String service, String state) {
        Map<String, Container> containers = new HashMap<>(Sample.healthy().containers());
        containers.put(service, container(service, state, "1"));
        return new Snapshot(containers, Sample.healthy().balancers());
    }

    private static Answered answered(Vrrp vrrp, boolean serving) {
        return new Answered(
                vrrp,
                "",
                serving,
                false,
                Sample.MAC_B,
                List.of(Sample.MAC_A),
                Loaded.UNKNOWN,
                Standing.UNKNOWN,
                Sample.allUp());
    }

    @Test
    void aHealthySiteLacksNothing() {
        assertThat(lacks(Sample.healthy())).isEmpty();
    }

    @Test
    void aFurtherVipIsWhereTheVipIsAndThereAlone() {
        Answered a = Sample.healthy().answer("haproxy-a").orElseThrow();
        Answered b = Sample.healthy().answer("haproxy-b").orElseThrow();
        Site two = Sample.withMoreVips("192.168.0.160");
        String start = "vip: 192.168.0.160 is held by ";
        assertThat(lacks(two, seen(having(a, "lo"), b)))
                .containsExactly(start + "nobody, and the VIP by haproxy-a");
        assertThat(lacks(two, seen(having(a, "eth0"), having(b, "lo")))).isEmpty();
        assertThat(lacks(two, seen(having(a, "eth0"), having(b, "eth0"))))
                .containsExactly(start + "haproxy-a and haproxy-b, and the VIP by haproxy-a");
        assertThat(lacks(two, seen(a, having(b, "eth0"))))
                .containsExactly(start + "haproxy-b, and the VIP by haproxy-a");
    }

    @Test
    void aVipOfABalancerIsAtOneWhicheverThatIs() {
        Answered a = Sample.healthy().answer("haproxy-a").orElseThrow();
        Answered b = Sample.healthy().answer("haproxy-b").orElseThrow();
        Site own = Sample.withVipOfSecond("192.168.0.160");
        String start = "vip: 192.168.0.160, which is first at haproxy-b, is held by ";
        assertThat(lacks(own, seen(a, having(b, "eth0")))).isEmpty();
        assertThat(lacks(own, seen(having(a, "eth0"), having(b, "lo")))).isEmpty();
        assertThat(lacks(own, seen(having(a, "lo"), b))).containsExactly(start + "nobody");
        assertThat(lacks(own, seen(having(a, "eth0"), having(b, "eth0"))))
                .containsExactly(start + "haproxy-a and haproxy-b");
    }

    private static Answered having(Answered one, String device) {
        Standing old = one.standing();
        List<Standing.Address> address = List.of(new Standing.Address(device, "192.168.0.160/32"));
        return Sample.standing(one, new Standing(old.duty(), old.workers(), address, old.init()));
    }

    private static List<String> lacks(Site site, Snapshot seen) {
        return Readiness.lacks(site, seen).stream().map(Lack::sentence).toList();
    }

    @Test
    void aListenerThatDoesNotAnswerIsALackWhicheverNodeAsked() {
        Snapshot healthy = Sample.healthy();
        String lan = SITE.balancers().getFirst().lanAddress().toString();
        Answered a = healthy.answer("haproxy-a").orElseThrow();
        Answered b = healthy.answer("haproxy-b").orElseThrow();
        Snapshot own = seen(heard(a, silent(Optional.empty(), "https:443")), b);
        assertThat(lacks(own)).containsExactly("haproxy-a: its listener https:443 does not answer");
        Snapshot wire = seen(a, heard(b, silent(Optional.of(lan), "http:80")));
        assertThat(lacks(wire))
                .containsExactly("haproxy-a: haproxy-b does not reach its listener http:80");
        Snapshot before = seen(a, heard(b, silent(Optional.of(lan), "http:8080")));
        assertThat(lacks(before)).as("at a port that the file does not have").isEmpty();
    }

    /// It is off the LAN itself.
    @Test
    void aPeerThatTakesNoPartReachesNobodyAndThatSaysNothing() {
        Answered a = Sample.healthy().answer("haproxy-a").orElseThrow();
        String lan = SITE.balancers().getFirst().lanAddress().toString();
        Answered off = answered(Vrrp.FAULT, true);

        assertThat(lacks(seen(a, heard(off, silent(Optional.of(lan), "http:80")))))
                .contains("haproxy-b: its VRRP is FAULT")
                .noneMatch(line -> line.contains("listener"));
    }

    @Test
    void aBalancerWhoseInitDoesNotRunIsLackingAndItsCureIsNamed() {
        Answered a = Sample.healthy().answer("haproxy-a").orElseThrow();
        Answered b = Sample.healthy().answer("haproxy-b").orElseThrow();
        Answered stopped =
                new Answered(
                        Vrrp.UNKNOWN,
                        "",
                        false,
                        a.holdsVip(),
                        a.mac(),
                        a.arp(),
                        a.loaded(),
                        a.standing().withInit(InitSeen.UNKNOWN.withTurnAge(age(12_300))),
                        a.servers());
        assertThat(lacks(seen(stopped, b)))
                .contains(
                        "haproxy-a: its init has not run for 12 s: docker kill -s CONT"
                                + " tandem-haproxy-a lets it go on if a signal has stopped it,"
                                + " docker restart tandem-haproxy-a starts it again")
                .noneMatch(line -> line.contains("HAProxy does not answer"));
    }

    private static Duration age(long millis) {
        return Duration.ofMillis(millis);
    }

    private static InitSeen.Listener silent(Optional<String> peer, String name) {
        return new InitSeen.Listener(peer, name, true);
    }

    private static Answered heard(Answered seen, InitSeen.Listener listener) {
        return new Answered(
                seen.vrrp(),
                seen.since(),
                seen.serving(),
                seen.holdsVip(),
                seen.mac(),
                seen.arp(),
                seen.loaded(),
                seen.standing()
                        .withInit(
                                new InitSeen(
                                        Optional.empty(), List.of(listener), List.of(), List.of())),
                seen.servers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exited", "paused", "restarting", "created", "dead"})
    void aStoppedContainerIsLacking(String state) {
        assertThat(lacks(with("web-b", state))).containsExactly("web-b: its container is " + state);
        assertThat(lacks(with("haproxy-b", state)))
                .containsExactly("haproxy-b: its container is " + state);
    }

    @Test
    void aMissingContainerIsLacking() {
        Map<String, Container> containers = new HashMap<>(Sample.healthy().containers());
        containers.remove("web-a");
        assertThat(lacks(new Snapshot(containers, Sample.healthy().balancers())))
                .containsExactly("web-a: its container is absent");
    }

    @Test
    void aBalancerThatDoesNotAnswerSaysWhy() {
        assertThat(lacks(seen(Sample.master(), new Silent("no answer within 3 s"))))
                .containsExactly("haproxy-b: no answer within 3 s");
    }

    @Test
    void aBalancerThatWasNotAskedIsNotGood() {
        Snapshot one =
                new Snapshot(Sample.healthy().containers(), Map.of("haproxy-a", Sample.master()));
        assertThat(lacks(one)).containsExactly("haproxy-b: it was not asked");
    }

    @Test
    void aHaproxyThatIsDownIsLackingWhateverItsVrrp() {
        assertThat(lacks(seen(Sample.master(), answered(Vrrp.BACKUP, false))))
                .containsExactly("haproxy-b: its HAProxy does not answer");
    }

    @ParameterizedTest
    @EnumSource(
            value = Vrrp.class,
            mode = Mode.EXCLUDE,
            names = {"MASTER", "BACKUP"})
    void aBalancerThatTakesNoPartInVrrpIsLacking(Vrrp vrrp) {
        assertThat(lacks(seen(Sample.master(), answered(vrrp, true))))
                .containsExactly("haproxy-b: its VRRP is " + vrrp);
    }

    /// The same balancer, unable to reach a web server.
    private static Answered notReaching(String server, Answered balancer) {
        return Sample.seeing(
                balancer,
                s ->
                        s.server().equals(server)
                                ? new ServerSeen(s.backend(), server, "DOWN", "L4CON")
                                : s);
    }

    @Test
    void aServerThatABalancerDoesNotReachIsLackingOncePerScheme() {
        Answered blind = notReaching("web-a", Sample.backup());
        assertThat(lacks(seen(Sample.master(), blind)))
                .containsExactly(
                        "web-a: haproxy-b sees it DOWN in web (L4CON)",
                        "web-a: haproxy-b sees it DOWN in web-tls (L4CON)");
    }

    @Test
    void aServerThatWasNotCheckedHasNoEmptyBrackets() {
        ServerSeen unchecked = new ServerSeen("web", "web-b", "MAINT", "");
        assertThat(new Lack.SeenDown("web-b", "haproxy-a", unchecked).sentence())
                .isEqualTo("web-b: haproxy-a sees it MAINT in web");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAINT", "DRAIN", "NOLB", "DOWN 1/2", "no check"})
    void aServerOutOfRotationIsLackingWhateverTheReason(String status) {
        Answered one =
                Sample.seeing(
                        Sample.master(),
                        s ->
                                s.server().equals("web-b") && s.backend().equals("web")
                                        ? new ServerSeen("web", "web-b", status, "L7OK 200")
                                        : s);
        assertThat(lacks(seen(one, Sample.backup())))
                .containsExactly("web-b: haproxy-a sees it " + status + " in web (L7OK 200)");
    }

    @Test
    void aServerThatGoesDownIsUpUntilItIsOut() {
        Answered one =
                Sample.seeing(
                        Sample.master(),
                        s -> new ServerSeen(s.backend(), s.server(), "UP 1/2", "L4TOUT"));
        assertThat(lacks(seen(one, Sample.backup()))).isEmpty();
    }

    @Test
    void anExistingServerIsLackingButUpDoesNotWaitForIt() {
        Server old =
                new Server.Existing(
                        "web-b", Server.Scheme.HTTP, "10.0.0.7", 8080, Optional.empty());
        Site site = Sample.serving(SITE, List.of(Sample.own("web-a", "172.20.0.2"), old));
        Snapshot seen = seen(notReaching("web-b", Sample.master()), Sample.backup());
        assertThat(Readiness.lacks(site, seen))
                .extracting(Lack::sentence)
                .containsExactly(
                        "web-b: haproxy-a sees it DOWN in web (L4CON)",
                        "web-b: haproxy-a sees it DOWN in web-tls (L4CON)");
        assertThat(Readiness.lacksOfOurs(site, seen)).isEmpty();
    }

    @Test
    void theHostsRouteToTheVipCountsIfThereIsOne() {
        assertThat(lacks(with("lan-route", "running"))).isEmpty();
        assertThat(lacks(with("lan-route", "restarting")))
                .containsExactly("lan-route: its container is restarting");
    }

    @Test
    void aHolderThatIsNotMasterIsLacking() {
        Answered holding =
                new Answered(
                        Vrrp.BACKUP,
                        "",
                        true,
                        true,
                        Sample.MAC_A,
                        List.of(),
                        Loaded.UNKNOWN,
                        Standing.UNKNOWN,
                        Sample.allUp());
        assertThat(lacks(seen(holding, Sample.backup())))
                .containsExactly("vip: haproxy-a holds it as BACKUP");
    }

    @Test
    void aVipThatAStrangerAnswersForIsLacking() {
        Answered waiting = alone(Sample.MAC_A, false);
        Answered hearing =
                new Answered(
                        Vrrp.BACKUP,
                        "",
                        true,
                        false,
                        Sample.MAC_B,
                        List.of("52:54:00:12:34:56"),
                        Loaded.UNKNOWN,
                        Standing.UNKNOWN,
                        Sample.allUp());
        assertThat(lacks(seen(waiting, hearing)))
                .containsExactly("vip: answered by 52:54:00:12:34:56, which is not a balancer");
    }

    @Test
    void aVipWithoutAHolderIsLacking() {
        Answered a = alone(Sample.MAC_A, false);
        Answered b = alone(Sample.MAC_B, false);
        assertThat(lacks(seen(a, b))).containsExactly("vip: nobody holds it");
    }

    @Test
    void aVipThatBothHoldIsLacking() {
        Answered a = alone(Sample.MAC_A, true);
        Answered b = alone(Sample.MAC_B, true);
        assertThat(lacks(seen(a, b))).containsExactly("vip: held by haproxy-a and haproxy-b");
    }

    private static Answered alone(String mac, boolean holds) {
        return new Answered(
                holds ? Vrrp.MASTER : Vrrp.BACKUP,
                "",
                true,
                holds,
                mac,
                List.of(),
                Loaded.UNKNOWN,
                Standing.UNKNOWN,
                Sample.allUp());
    }

    @Test
    void aSingleServiceCanBeJudged() {
        Snapshot seen = with("web-b", "exited");
        assertThat(Readiness.lacks(SITE, Orders.NONE, seen, "web-a")).isEmpty();
        assertThat(Readiness.lacks(SITE, Orders.NONE, seen, "haproxy-a")).isEmpty();
        assertThat(Readiness.lacks(SITE, Orders.NONE, seen, "web-b"))
                .containsExactly(new Lack.NotRunning("web-b", "exited"));
    }
}
