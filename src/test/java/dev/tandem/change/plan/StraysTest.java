package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Site;
import dev.tandem.render.Layout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Plans for a site over machines, compared as the text that a user reads.
class StraysTest {
    private static final String FILE =
            """
            vip: {address: 192.168.0.150}
            machines: {m1: {ssh: root@10.0.0.1}, m2: {ssh: root@10.0.0.2}, m3: {ssh: root@10.0.0.3}}
            balancers: {haproxy-a: {machine: %s}, haproxy-b: {machine: m2}}
            servers: {web-a: {machine: %s}, web-b: {machine: m2}, web-c: {machine: m3}}
            """;

    private final PlannedSite ground = new PlannedSite();

    private static Site site(String balancer, String server) {
        return read(FILE.formatted(balancer, server));
    }

    private static Site read(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Reading reading = SiteReader.read("tandem.yaml", content, new FakeSurroundings());
        if (reading instanceof Reading.Good(Site site)) {
            return site;
        }
        throw new AssertionError(((Reading.Bad) reading).render());
    }

    /// The usual one, on m1 and m2, with web-c on m3.
    @BeforeEach
    void overMachines() {
        ground.applied = site("m1", "m1");
        ground.stamps.put("web-c", "1");
        ground.runs("web-c", "web");
        ground.files.put("web-c/nginx.conf", "1");
        ground.shouldLoad("web-c", Loadable.NGINX, "1");
        ground.webServers.put("web-c", Map.of(Loadable.NGINX, "1"));
        for (String machine : List.of("m1", "m2", "m3")) {
            ground.stamps.put(machine + "/lan-route", "1");
            ground.runs(machine + "/lan-route", "lan-route");
        }
        wants(ground.applied);
        ground.present.clear();
        ground.present.putAll(ground.files);
        ground.written.clear();
        ground.written.putAll(ground.files);
    }

    private void wants(Site site) {
        ground.site = site;
        TreeMap<String, String> files = new TreeMap<>();
        ground.files.forEach((path, hash) -> {
            String there = Layout.there(path);
            String node = there.replaceAll("/.*", "");
            Optional<String> machine = Optional.ofNullable(site.places().get(node));
            if (there.equals(Layout.COMPOSE)) {
                site.machines().forEach(one -> files.put(Layout.onMachine(one.name(), there), "1"));
            } else {
                files.put(Layout.placed(machine, there), hash);
            }
        });
        ground.files.clear();
        ground.files.putAll(files);
    }

    /// A container that is seen on another machine than its own.
    private void isSeenOn(String machine, String node) {
        Seen.Box box = Objects.requireNonNull(ground.boxes.get(node));
        ground.boxes.put(Strays.known(machine, node), box);
    }

    @Test
    void whatIsAsWantedNeedsNothing() {
        assertThat(ground.plan()).isEmpty();
    }

    @Test
    void aWebServerMovesOutOfRotation() {
        wants(site("m1", "m3"));
        isSeenOn("m1", "web-a");
        ground.boxes.remove("web-a");
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        drain      web-a  it moves next
                        move       web-a  from m1 to m3: servers.web-a.machine: m1 → m3
                        ready      web-a  it has moved\
                        """);
        assertThat(ground.harm()).isEmpty();
    }

    @Test
    void theHolderOfTheVipMovesBehindAPeer() {
        wants(site("m3", "m1"));
        isSeenOn("m1", "haproxy-a");
        ground.boxes.remove("haproxy-a");
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        move       haproxy-a  from m1 to m3: balancers.haproxy-a.machine: m1 → m3
                        probe      haproxy-a  before it gets traffic\
                        """);
        assertThat(ground.harm()).isEmpty();
        ground.state("haproxy-b", "exited");
        assertThat(ground.harm())
                .anyMatch(
                        harm -> harm.startsWith("haproxy-a holds the VIP, its container is moved"));
    }

    @Test
    void balancersMoveFirstSoThatOrdersFindThem() {
        wants(
                read(
                        FILE.formatted("m3", "m1")
                                .replace("web-b: {machine: m2}", "web-b: {machine: m3}")));
        isSeenOn("m1", "haproxy-a");
        isSeenOn("m2", "web-b");
        ground.boxes.remove("haproxy-a");
        ground.boxes.remove("web-b");
        assertThat(ground.plan().lines().map(line -> line.replaceAll(" +", " ")))
                .element(0)
                .asString()
                .startsWith("move haproxy-a from m1 to m3");
        assertThat(ground.plan().lines().map(line -> line.replaceAll(" +", " ")))
                .element(2)
                .isEqualTo("drain web-b it moves next");
    }

    @Test
    void aTwinGoesBeforeAnythingElse() {
        isSeenOn("m2", "web-a");
        ground.state("web-c", "exited");
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        remove     m2/web-a  web-a is on m1, where it should be
                        start      web-c     it is exited\
                        """);
    }

    @Test
    void ofAMachineThatTheSiteLeavesEverythingGoes() {
        ground.runs("m4/lan-route", "lan-route");
        ground.runs("m4/haproxy-c", "balancer");
        assertThat(ground.plan())
                .isEqualTo(
                        """
                        remove     m4/haproxy-c  no longer in the site
                        remove     m4/lan-route  no longer in the site\
                        """);
    }

    @Test
    void theRouteOfEachMachineIsAServiceOfItsOwn() {
        ground.boxes.remove("m2/lan-route");
        ground.stamps.put("m3/lan-route", "2");
        assertThat(ground.plan())
                .contains("create     m2/lan-route  there is no container")
                .contains("replace    m3/lan-route");
    }

    @Test
    void anOrderIsWrittenWhereTheBalancerReadsIt() {
        assertThat(ground.wanted().at("haproxy-b", Layout.duty("haproxy-b")))
                .isEqualTo("machines/m2/haproxy-b/duty");
        assertThat(ground.wanted().belongs("machines/m2/haproxy-b/duty", "haproxy-b")).isTrue();
        assertThat(ground.wanted().belongs("machines/m1/haproxy-b/duty", "haproxy-b")).isFalse();
        assertThat(ground.wanted().belongs("machines/m2/tls/balancer/site.pem", "haproxy-b"))
                .isTrue();
        assertThat(ground.wanted().belongs("tls/balancer/site.pem", "haproxy-b")).isTrue();
    }

    @Test
    void whatANodeLeavesBehindIsItsDirectoryAndItsKeys() {
        assertThat(Strays.isLeftBehind("m1/web-a", "machines/m1/web-a/nginx.conf")).isTrue();
        assertThat(Strays.isLeftBehind("m1/web-a", "machines/m1/tls/web-a/server.key")).isTrue();
        assertThat(Strays.isLeftBehind("m1/web-a", "machines/m3/web-a/nginx.conf")).isFalse();
        assertThat(Strays.isLeftBehind("m1/web-a", "machines/m1/web-b/nginx.conf")).isFalse();
        assertThat(Strays.isLeftBehind("web-a", "web-a/nginx.conf")).isFalse();
    }
}
