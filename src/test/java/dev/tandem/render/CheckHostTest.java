package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Lan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// For which site a check asks: a web server with several has nothing for an address.
class CheckHostTest {
    private static final String SITE =
            """
            vip: {address: 192.168.0.150}
            balancers: {haproxy-a: , haproxy-b: }
            servers: {web-a: , web-b: }
            """;

    /// What the checks of both backends ask for.
    private static List<String> hosts(String more, Optional<String> inTheCertificate) {
        Setting setting =
                new Setting(
                        new Lan.Bridge(),
                        new Setting.Images("balancer:1", "web:1"),
                        "..",
                        "0",
                        inTheCertificate);
        Rendering rendering = Renderer.render(RenderCase.read(SITE + more), setting);
        return rendering
                .file("haproxy-a/haproxy.cfg")
                .lines()
                .filter(line -> line.contains("http-check send"))
                .map(line -> line.replaceFirst(".* hdr Host (\\S+) .*", "$1"))
                .toList();
    }

    @Test
    void theVipWhenNoNameIsKnown() {
        assertThat(hosts("", Optional.empty())).containsExactly("192.168.0.150", "192.168.0.150");
    }

    @Test
    void theFirstNameOfTheUsersOwnCertificate() {
        assertThat(hosts("", Optional.of("www.example.org"))).containsOnly("www.example.org");
    }

    @Test
    void theFirstNameOfTheSitesCertificate() {
        assertThat(hosts("tls: {names: ['*.example.org', shop.example.org]}\n", Optional.empty()))
                .containsOnly("shop.example.org");
    }

    @Test
    void aNameOfItsOwnBeforeAllOthers() {
        String file = "backend: {check: {host: check.example.org}}\n";
        assertThat(hosts(file, Optional.of("www.example.org"))).containsOnly("check.example.org");
    }
}
