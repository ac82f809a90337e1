package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import dev.tandem.model.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What one balancer's handover.nft listens to must be what the other's keepalived.conf says.
class HandoverNftTest {
    private static final String YAML =
            """
            vip:
              address: 192.168.0.150
              router_id: ID
            balancers: {haproxy-a: , haproxy-b: }
            servers: {web-a: }
            """;
    private static final Pattern INSTANCE =
            Pattern.compile("(?s)vrrp_instance (\\w+) \\{.*?virtual_router_id (\\d+)\\n");
    private static final Pattern HEARD =
            Pattern.compile("@th,64,32 (\\w+) @th,16,8 0 update @peer_alive");
    private static final Pattern SAID = Pattern.compile("@th,64,32 (\\w+) goto said");
    private static final Pattern ADDRESS =
            Pattern.compile("(?s)vrrp_instance beacon .*virtual_ipaddress \\{\\s+([\\d.]+)/32");

    @ParameterizedTest
    @ValueSource(ints = {1, 51, 150, 253, 254, 255})
    void eachListensToTheOthersBeacon(int routerId) {
        Rendering files = rendering(YAML.replace("ID", "" + routerId));

        Map<String, String> a = routerIds(files, "haproxy-a");
        Map<String, String> b = routerIds(files, "haproxy-b");
        assertThat(List.of(a.get("vip"), a.get("beacon"), b.get("beacon")))
                .doesNotHaveDuplicates()
                .allMatch(id -> Integer.parseInt(id) >= 1 && Integer.parseInt(id) <= 255);
        for (String balancer : List.of("haproxy-a", "haproxy-b")) {
            Matcher address = ADDRESS.matcher(files.file(balancer + "/keepalived.conf"));
            assertThat(address.find()).isTrue();
            String bits = "0x%08x".formatted(Ip4.of(address.group(1)).bits());
            assertThat(word(files, balancer, SAID)).isEqualTo(bits);
            assertThat(word(files, balancer, HEARD)).isEqualTo(bits);
        }
    }

    /// A balancer that has the new number already must not be deaf for one that has the old one: it
    /// would reset the connections that the other one has.
    @Test
    void theRulesNameNoVirtualRouter() {
        assertThat(rendering(YAML.replace("ID", "99")).files().get("haproxy-a/handover.nft"))
                .isEqualTo(
                        rendering(YAML.replace("ID", "51")).files().get("haproxy-a/handover.nft"));
    }

    /// They go by sockets: what listens on any address is handed over, whatever its port.
    @Test
    void theRulesNameNoPortSoThatAServiceIsHandedOverToo() {
        Rendering without = rendering(YAML.replace("ID", "51"));
        Rendering with =
                rendering(
                        YAML.replace("ID", "51")
                                + "services: {db: {listen: 5432, servers: {db-1: {url:"
                                + " 'tcp://10.0.0.21:5432'}}}}\n");

        assertThat(with.files().get("haproxy-a/handover.nft"))
                .isEqualTo(without.files().get("haproxy-a/handover.nft"));
        assertThat(with.files().get("haproxy-a/haproxy.cfg")).contains("\n    bind *:5432\n");
        assertThat(with.services()).as("no new container").isEqualTo(without.services());
    }

    /// Otherwise a peer that has taken the VIP would keep forwarding packets to a dead balancer.
    @ParameterizedTest
    @ValueSource(longs = {40, 160, 1000, 3100, 60_000})
    void aDeadPeerIsForgottenSoonAndALateBeaconIsTolerated(long takeover) {
        Timing timing = Timing.within(Duration.ofMillis(takeover));
        Duration silence = Beacon.silence(timing);
        Duration interval = Beacon.INTERVAL;

        assertThat(silence)
                .isLessThanOrEqualTo(timing.advert().multipliedBy(3).plus(Duration.ofMillis(300)));
        assertThat(interval.multipliedBy(9)).isLessThanOrEqualTo(silence);
        assertThat(interval.toMillis() % 10).as("VRRP counts centiseconds").isZero();
        assertThat(interval).isPositive();
    }

    @Test
    void everyHandicapStopsNewConnectionsAndNoneMeansGone() {
        assertThat(Beacon.PRIORITY).isGreaterThanOrEqualTo(Beacon.OPEN).isLessThan(255);
        assertThat(Beacon.PRIORITY + Beacon.NOT_OPEN).isLessThan(Beacon.OPEN);
        assertThat(Beacon.PRIORITY + 2 * Beacon.NOT_OPEN).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{haproxy-a: }", "{haproxy-a: , haproxy-b: , haproxy-c: }"})
    void withAnotherNumberOfBalancersNothingIsRendered(String balancers) {
        nothing(YAML.replace("ID", "51").replace("{haproxy-a: , haproxy-b: }", balancers));
    }

    @Test
    void offRendersNothing() {
        nothing(YAML.replace("ID", "51") + "handover: off\n");
    }

    private static void nothing(String yaml) {
        Rendering files = rendering(yaml);
        assertThat(files.files().keySet()).noneMatch(path -> path.endsWith("handover.nft"));
        assertThat(files.file("haproxy-a/keepalived.conf")).doesNotContain("beacon");
    }

    private static Rendering rendering(String yaml) {
        Site site = RenderCase.read(yaml);
        Setting.Images images = new Setting.Images("balancer:1", "web:1");
        return Renderer.render(site, new Setting(new Lan.Bridge(), images, "../..", "cafe"));
    }

    private static Map<String, String> routerIds(Rendering files, String balancer) {
        Map<String, String> ids = new TreeMap<>();
        INSTANCE.matcher(files.file(balancer + "/keepalived.conf"))
                .results()
                .forEach(result -> ids.put(result.group(1), result.group(2)));
        return ids;
    }

    private static String word(Rendering files, String balancer, Pattern pattern) {
        Matcher matcher = pattern.matcher(files.file(balancer + "/handover.nft"));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
