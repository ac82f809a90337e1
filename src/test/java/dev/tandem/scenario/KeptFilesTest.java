package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept of a version is what that version left, and what a test makes of it is what that
/// version would have left under another name.
class KeptFilesTest {
    private static final TestSubnets OWN = subnets("192.168.0.0", "172.20.0.0");
    private static final List<String> CERTIFICATES =
            List.of("tls/balancer/site.pem", "tls/ca.pem", "tls/ca.key", "tls/web-a/server.key");

    private static TestSubnets subnets(String lan, String network) {
        return new TestSubnets(new Subnet(Ip4.of(lan), 24), new Subnet(Ip4.of(network), 24));
    }

    /// Its own calculations, done again here, come to the same.
    @ParameterizedTest
    @ValueSource(strings = "0.1.0")
    void underItsOwnNameItIsByteForByteWhatWasKept(String version) {
        KeptFiles kept = KeptFiles.of(version);
        SortedMap<String, String> original = kept.rendered();
        SortedMap<String, String> renamed = kept.renamed(kept.site(), OWN, Map.of());
        assertThat(renamed.keySet()).isEqualTo(original.keySet());
        original.forEach((path, text) ->
                assertThat(withoutCertificates(renamed.getOrDefault(path, "")))
                        .as(path)
                        .isEqualTo(withoutCertificates(text)));
        assertThat(original.get(".services")).hasLineCount(5);
    }

    /// Certificates are not kept, so neither are their hashes.
    private static String withoutCertificates(String text) {
        return text.replaceAll("(?m)^[0-9a-f]{64}  tls/.*\\n", "");
    }

    @ParameterizedTest
    @ValueSource(strings = "0.1.0")
    void itsImagesAreThoseThatItsContainersRan(String version) {
        KeptFiles kept = KeptFiles.of(version);
        assertThat(kept.rendered().get("compose.yaml"))
                .contains("\n  image: " + kept.image("balancer") + "\n")
                .contains("\n  image: " + kept.image("web") + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = "0.1.0")
    void underAnotherNameNothingIsLeftOfItsOwn(String version) {
        KeptFiles kept = KeptFiles.of(version);
        TestSubnets other = subnets("10.1.2.0", "10.3.4.0");
        SortedMap<String, String> renamed =
                kept.renamed("check-abcde-1", other, Map.of("tls/ca.pem", "a new one\n"));
        assertThat(renamed.values())
                .noneMatch(text -> text.contains(kept.site()))
                .noneMatch(text -> text.contains("192.168.0.") || text.contains("172.20.0."));
        SortedMap<String, String> before = kept.rendered();
        String services = renamed.getOrDefault(".services", "");
        assertThat(services).isNotEqualTo(before.get(".services")).hasLineCount(5);
        assertThat(renamed.get("compose.yaml"))
                .contains("name: check-abcde-1\n", "10.1.2.151", "10.3.4.50")
                .contains(
                        services.lines()
                                .map(line -> "config: \"" + line.split(" ", 2)[1] + '"')
                                .toList());
        assertThat(renamed)
                .containsKeys("tls/ca.pem", "history/2/before/tls/ca.pem")
                .doesNotContainKeys(CERTIFICATES.getFirst());
    }
}
