package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Orders;
import dev.tandem.model.Site;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is done, and what is refused, while a machine is away.
class AbsentTest {
    private static final String FILE =
            """
            vip: {address: 192.168.0.150}
            machines: {m1: {ssh: root@10.0.0.1}, m2: {ssh: root@10.0.0.2}, m3: {ssh: root@10.0.0.3}}
            balancers: {haproxy-a: {machine: m1}, haproxy-b: {machine: m2}}
            servers: {web-a: {machine: m1}, web-b: {machine: m2}, web-c: {machine: m3}}
            """;

    private static Site site(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Reading reading = SiteReader.read("tandem.yaml", content, new FakeSurroundings());
        if (reading instanceof Reading.Good(Site site)) {
            return site;
        }
        throw new AssertionError(((Reading.Bad) reading).render());
    }

    private static List<String> obstacles(String old, String fresh) {
        assertThat(FILE).contains(old);
        return Absent.obstacles(site(FILE), site(FILE.replace(old, fresh)), List.of("m1"));
    }

    @Test
    void nothingIsDoneOnAMachineThatIsAway() {
        Wanted wanted =
                new Wanted(site(FILE), Orders.NONE, new TreeMap<>(), new TreeMap<>(), Map.of());
        Plan plan =
                new Plan(
                        List.of(
                                new Step.Create("web-a", "there is no container"),
                                new Step.Create("m1/lan-route", "there is no container"),
                                new Step.Reload("haproxy-b", List.of(Loadable.HAPROXY), "a key"),
                                new Step.Write(
                                        "site",
                                        List.of(
                                                "machines/m1/compose.yaml",
                                                "machines/m2/compose.yaml"),
                                        "a key"),
                                new Step.Home("haproxy-a", "as the site file has it")),
                        List.of());
        assertThat(new Absent(wanted, List.of("m1")).of(plan).toString())
                .isEqualTo(
                        """
                        reload     haproxy-b  haproxy.cfg: a key
                        write      site       machines/m2/compose.yaml: a key
                        home       haproxy-b  of those that are there\
                        """);
        assertThat(new Absent(wanted, List.of()).of(plan)).isSameAs(plan);
    }

    @Test
    void whatItMustNotComeBackWithoutIsRefused() {
        assertThat(obstacles("192.168.0.150}", "192.168.0.149}"))
                .anyMatch(line -> line.startsWith("vip.address: 192.168.0.150"));
        assertThat(obstacles("servers:", "listen: {http: 8080}\nservers:"))
                .containsExactly("listen.http: 80 → 8080");
        assertThat(obstacles("haproxy-b: {machine: m2}", "haproxy-b: , haproxy-c: {machine: m2}"))
                .contains("balancers: others than haproxy-a, haproxy-b");
        assertThat(obstacles("web-a: {machine: m1}", "web-a: {machine: m3}"))
                .containsExactly("servers.web-a.machine: m1 → m3");
    }

    @Test
    void anythingElseIsDeliveredLater() {
        assertThat(obstacles("servers:", "backend: {check: /health}\nservers:")).isEmpty();
        assertThat(obstacles("web-c: {machine: m3}", "web-c: {machine: m3}, web-d: {machine: m3}"))
                .isEmpty();
        assertThat(obstacles("web-b: {machine: m2}", "web-b: {machine: m3}")).isEmpty();
    }
}
