package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.tandem.golden.Golden;
import dev.tandem.health.Health;
import dev.tandem.model.Duty;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Listen;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.Tls;
import dev.tandem.observe.BalancerSeen.Silent;
import dev.tandem.observe.Recent;
import dev.tandem.observe.Vrrp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A status in human-readable and machine-readable form: golden files `status/CASE.txt`, and
/// `.json` or `.json.diff`.
@Tag("golden")
class StatusTest {
    /// The cases whose JSON is kept whole. All others are kept as the difference from `healthy`.
    private static final Set<String> WHOLE = Set.of("healthy", "absent");

    private static Map<String, StatusCase> cases() {
        Map<String, StatusCase> cases = new TreeMap<>();
        cases.put("healthy", new StatusCase());
        cases.put("web-a-down", webDown());
        cases.put(
                "balancer-silent",
                new StatusCase()
                        .container("haproxy-b", "paused")
                        .seen("haproxy-b", new Silent("no answer within 3 s")));
        cases.put("split-brain", new StatusCase().splitBrain());
        cases.put(
                "drift", new StatusCase().changedByHand("haproxy-a/haproxy.cfg").outdated("web-b"));
        cases.put("absent", new StatusCase().absent());
        cases.put(
                "existing-server",
                new StatusCase()
                        .existing("old", Scheme.HTTP, "10.0.0.7", 8080)
                        .existing("shop", Scheme.HTTPS, "shop.example.org", 443));
        cases.put("existing-server-on-trust", new StatusCase().onTrust("shop", "10.0.0.7"));
        cases.put(
                "existing-server-down",
                new StatusCase()
                        .existing("shop", Scheme.HTTPS, "shop.example.org", 443)
                        .server("web", "shop", "DOWN", "L6RSP")
                        .server("web-tls", "shop", "DOWN", "L6RSP"));
        cases.put(
                "http-and-https-disagree",
                new StatusCase().server("web-tls", "web-b", "DOWN", "L6RSP"));
        cases.put(
                "clients-ask-for-what-is-not-there",
                new StatusCase()
                        .served("web-a", new Recent(60, 400, 3, 1, 0, OptionalLong.of(390)))
                        .served("web-b", new Recent(60, 400, 0, 0, 0)));
        frontDoors(cases);
        askedByHand(cases);
        unclear(cases);
        cases.put("macvlan", new StatusCase().on(macvlan()));
        return cases;
    }

    private static void frontDoors(Map<String, StatusCase> cases) {
        cases.put(
                "pools",
                new StatusCase()
                        .pooled("api", "api-1", "10.0.0.11")
                        .pooled("img", "img-1", "10.0.0.12")
                        .server("img-tls", "img-1", "DOWN", "L4CON"));
        cases.put("services", new StatusCase().service("UP", "UP"));
        cases.put("services-alone", new StatusCase().service("UP", "DOWN").withoutWebServers());
        cases.put("services-down", new StatusCase().service("DRAIN", "DOWN"));
    }

    private static void askedByHand(Map<String, StatusCase> cases) {
        cases.put(
                "asked-by-hand",
                new StatusCase()
                        .onDuty("haproxy-b", Vrrp.FAULT, Duty.MAINTENANCE)
                        .server("web", "web-a", "DRAIN", "L7OK 200")
                        .server("web-tls", "web-a", "DRAIN", "L7OK 200")
                        .weighted("web-b", 20));
        cases.put(
                "yielding",
                new StatusCase()
                        .onDuty("haproxy-a", Vrrp.BACKUP, Duty.YIELD)
                        .onDuty("haproxy-b", Vrrp.MASTER, Duty.SERVE));
    }

    private static void unclear(Map<String, StatusCase> cases) {
        cases.put("haproxy-down", new StatusCase().stopsServing("haproxy-b"));
        cases.put("balancer-not-asked", new StatusCase().notAsked("haproxy-b"));
        cases.put(
                "vip-held-by-nobody",
                new StatusCase()
                        .onDuty("haproxy-a", Vrrp.FAULT, Duty.SERVE)
                        .onDuty("haproxy-b", Vrrp.INIT, Duty.SERVE));
        cases.put(
                "vip-held-by-a-stranger",
                new StatusCase()
                        .onDuty("haproxy-a", Vrrp.BACKUP, Duty.SERVE)
                        .answeredFor("haproxy-b", Vrrp.BACKUP, "02:42:c0:a8:00:63"));
        cases.put(
                "vip-held-by-the-silent-balancer",
                new StatusCase()
                        .container("haproxy-a", "paused")
                        .seen("haproxy-a", new Silent("no answer within 3 s"))
                        .answeredFor("haproxy-b", Vrrp.BACKUP, "02:42:c0:a8:00:97"));
        cases.put("server-unknown-to-a-balancer", new StatusCase().forgets("haproxy-b", "web-b"));
        cases.put(
                "drift-of-a-change",
                new StatusCase()
                        .inTheMiddleOf("the apply of 2026-11-22T11:10:30Z, which was interrupted"));
        cases.put("certificate-ends", new StatusCase().certificateEnds("2026-12-01T00:00:00Z"));
        cases.put(
                "certificate-of-the-user-ends",
                new StatusCase()
                        .certified(new Tls.Provided("./site.pem", "./site.key"))
                        .certificateEnds("2026-12-01T00:00:00Z"));
        cases.put("certificate-unknown", new StatusCase().certificateEnds("some day"));
        cases.put("brought-up-elsewhere", new StatusCase().fromElsewhere());
    }

    private static StatusCase webDown() {
        return new StatusCase()
                .container("web-a", "exited")
                .server("web", "web-a", "DOWN", "L4CON")
                .server("web-tls", "web-a", "DOWN", "L4CON");
    }

    private static Lan macvlan() {
        return new Lan.Macvlan("ens33", Optional.empty(), Optional.of(Ip4.of("192.168.0.17")));
    }

    static List<String> names() {
        return List.copyOf(cases().keySet());
    }

    private static Health health(String name) {
        return Optional.ofNullable(cases().get(name)).orElseThrow().health();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isPrintedForPeople(String name) {
        String text = StatusText.of(health(name), RunImages.NONE);
        Golden.same("status/" + name + ".txt", text);
        assertThat(text.replace("\n", "").chars()).noneMatch(Character::isISOControl);
    }

    @ParameterizedTest
    @MethodSource("names")
    void isPrintedForPrograms(String name) throws IOException {
        String json = StatusJson.of(health(name), RunImages.NONE);
        String file = "status/" + json(name);
        if (WHOLE.contains(name)) {
            Golden.same(file, json);
        } else {
            Golden.sameExceptFor(file, StatusJson.of(health("healthy"), RunImages.NONE), json);
        }
        assertThat(depthAfter(json)).isZero();
    }

    /// Reads to the end, rejecting duplicate keys; 0 when everything that was opened is closed.
    private static int depthAfter(String json) throws IOException {
        JsonFactory strict =
                JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
        Deque<JsonToken> open = new ArrayDeque<>();
        try (JsonParser parser = strict.createParser(json)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            open.push(JsonToken.START_OBJECT);
            while (!open.isEmpty()) {
                JsonToken token = parser.nextToken();
                if (token.isStructStart()) {
                    open.push(token);
                } else if (token.isStructEnd()) {
                    open.pop();
                }
            }
            assertThat(parser.nextToken()).as("nothing follows").isNull();
        }
        return open.size();
    }

    @Test
    void everyFileBelongsToACase() {
        List<String> files =
                new ArrayList<>(
                        List.of(
                                "up.txt",
                                "up-of-services-alone.txt",
                                "up-other-ports-and-certificate.txt"));
        names().forEach(name -> files.addAll(List.of(name + ".txt", json(name))));
        assertThat(files).containsAll(Golden.names("status"));
    }

    private static String json(String name) {
        return name + (WHOLE.contains(name) ? ".json" : ".json.diff");
    }

    private static String endOfUp(StatusCase of) {
        return StatusText.ofUp(of.health().picture(), Path.of("/srv/site/.tandem/tandem/tls"));
    }

    @Test
    void anUpEndsWithTheAddressesToOpen() {
        Golden.same("status/up.txt", endOfUp(new StatusCase()));
    }

    @Test
    void aServiceIsAmongTheAddressesToOpen() {
        assertThat(endOfUp(new StatusCase().service("UP", "UP")))
                .containsPattern("(?m)^ +192\\.168\\.0\\.150:5432 +postgres$");
    }

    @Test
    void withoutWebServersThereIsNothingToOpenOverHttp() {
        StatusCase alone = new StatusCase().service("UP", "UP").withoutWebServers();
        Golden.same("status/up-of-services-alone.txt", endOfUp(alone));
    }

    @Test
    void aPathCanBePastedIntoAShell() {
        Path tls = Path.of("/srv/my site/it's/tls");
        assertThat(StatusText.ofUp(new StatusCase().health().picture(), tls))
                .contains("curl --cacert '/srv/my site/it'\\''s/tls/");
    }

    @Test
    void addressesNameTheirPortUnlessItIsTheUsualOne() {
        StatusCase other =
                new StatusCase()
                        .listening(new Listen(8080, 8443, 9000))
                        .certified(new Tls.Provided("./site.pem", "./site.key"));
        Golden.same("status/up-other-ports-and-certificate.txt", endOfUp(other));
    }

    @Test
    void onlyAHealthySiteInStepIsGood() {
        assertThat(names())
                .filteredOn(name -> health(name).good())
                .containsExactly(
                        "clients-ask-for-what-is-not-there",
                        "existing-server",
                        "existing-server-on-trust",
                        "healthy",
                        "macvlan",
                        "services",
                        "yielding");
    }
}
