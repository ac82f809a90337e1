package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// How clients stay with a web server, in haproxy.cfg. What is written whole is in the golden case
/// `sticky`.
class StickyTest {
    private static String haproxy(String key, String servers) {
        String yaml =
                String.join(
                        "\n",
                        "vip: {address: 192.168.0.150}",
                        "balancers: {haproxy-a: , haproxy-b: }",
                        key,
                        "servers: {" + servers + "}\n");
        Rendering files =
                Renderer.render(RenderCase.read(yaml), RenderCase.named("minimal").setting());
        return files.file("haproxy-a/haproxy.cfg");
    }

    private static String bySource(String servers) {
        return haproxy("backend: {sticky: source}", servers);
    }

    /// One client has the same web server over HTTP and HTTPS where the address says which it is.
    @Test
    void webServersAreToldApartByTheirAddressWhereThatIsEnough() {
        assertThat(bySource("a: , b: {url: 'http://10.0.0.2:81'}")).contains("hash-key addr\n");
        assertThat(bySource("a: {url: 'http://10.0.0.2:81'}, b: {url: 'http://10.0.0.2:82'}"))
                .contains("hash-key addr-port\n");
        assertThat(bySource("a: , b: {url: 'http://b.example.org'}"))
                .as("DNS may give an address that another one has")
                .contains("hash-key addr-port\n");
    }

    /// A browser lets nobody replace a secure cookie over plain HTTP.
    @Test
    void aCookieIsSecureWhereNothingIsServedOverPlainHttp() {
        String key = "backend: {sticky: cookie}";
        assertThat(haproxy(key, "a: ")).contains("httponly attr").doesNotContain(" secure ");
        assertThat(haproxy("redirect_http: on\n" + key, "a: ")).contains("httponly secure attr");
    }
}
