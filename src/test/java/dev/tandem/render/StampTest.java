package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Duty;
import dev.tandem.model.Lan;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A stamp changes with what only a new container can change, and with nothing else: such changes
/// lead to a replacement, all others to a reload.
class StampTest {
    private static final String YAML =
            """
            vip:
              address: 192.168.0.150
            balancers:
              haproxy-a:
              haproxy-b:
            servers:
              web-a:
              web-b:
            """;

    private static Rendering rendering(String yaml) {
        return Renderer.render(RenderCase.read(yaml), setting("balancer:1", "web:1", "cafe"));
    }

    private static Setting setting(String balancer, String web, String certificates) {
        Setting.Images images = new Setting.Images(balancer, web);
        return new Setting(new Lan.Bridge(), images, "../..", certificates);
    }

    /// The services whose stamps differ.
    private static Set<String> changed(Rendering before, Rendering after) {
        assertThat(after.services().keySet()).containsAll(before.services().keySet());
        return after.services().entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.services().get(entry.getKey())))
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<String> changedBy(Setting setting) {
        return changed(rendering(YAML), Renderer.render(RenderCase.read(YAML), setting));
    }

    @Test
    void reloadableChangesAffectNoContainer() {
        Rendering before = rendering(YAML);
        Rendering after = rendering(YAML + "backend:\n  check: /health\nlisten:\n  http: 8080\n");
        assertThat(after.file("haproxy-a/haproxy.cfg"))
                .isNotEqualTo(before.file("haproxy-a/haproxy.cfg"));
        assertThat(changed(before, after)).isEmpty();
    }

    @Test
    void anOrderAffectsNoContainerAndNoConfiguration() {
        Rendering before = rendering(YAML);
        Orders orders =
                Orders.NONE
                        .with("web-a", new ServerOrder(ServerOrder.State.DRAIN, 100))
                        .with("haproxy-b", Duty.MAINTENANCE);
        Rendering after =
                Renderer.render(
                        RenderCase.read(YAML), setting("balancer:1", "web:1", "cafe"), orders);
        assertThat(changed(before, after)).isEmpty();
        assertThat(after.files().keySet())
                .filteredOn(path -> !after.file(path).equals(before.file(path)))
                .containsExactly(
                        "haproxy-a/servers.state", "haproxy-b/duty", "haproxy-b/servers.state");
    }

    @Test
    void theHandoverSettingAffectsTheBalancers() {
        Rendering after = rendering(YAML + "handover: off\n");
        assertThat(changed(rendering(YAML), after))
                .containsExactlyInAnyOrder("haproxy-a", "haproxy-b");
    }

    @Test
    void ownContentAffectsOnlyItsServer() {
        Rendering after = rendering(YAML.replace("web-b:", "web-b: {content: ./pages}"));
        assertThat(changed(rendering(YAML), after)).containsExactly("web-b");
    }

    @Test
    void anAdditionalServerAffectsOnlyItself() {
        Rendering after = rendering(YAML + "  web-c:\n");
        assertThat(changed(rendering(YAML), after)).containsExactly("web-c");
    }

    @Test
    void anImageAffectsTheServicesThatRunIt() {
        assertThat(changedBy(setting("balancer:2", "web:1", "cafe")))
                .containsExactlyInAnyOrder("haproxy-a", "haproxy-b");
        assertThat(changedBy(setting("balancer:1", "web:2", "cafe")))
                .containsExactlyInAnyOrder("web-a", "web-b");
    }

    @Test
    void newCertificatesAffectNoContainer() {
        assertThat(changedBy(setting("balancer:1", "web:1", "babe"))).isEmpty();
    }

    @Test
    void aNameIsNotConfusedWithAnotherThatItBeginsLike() {
        String yaml = YAML.replace("web-b:", "web-a-2:");
        Rendering after = rendering(yaml.replace("web-a-2:", "web-a-2: {content: ./pages}"));
        assertThat(changed(rendering(yaml), after)).containsExactly("web-a-2");
    }
}
