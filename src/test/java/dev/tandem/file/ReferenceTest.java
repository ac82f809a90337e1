package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import dev.tandem.golden.Golden;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reference documents match the tables of keys, in the same order. `-Dgolden.write=true`
/// updates them.
@Tag("golden")
class ReferenceTest {
    private static final String SITE = "docs/reference/tandem.yaml.md";
    private static final Pattern HEADING = Pattern.compile("(?m)^### `([^`]+)`$");
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    private static List<Key> keys(String document) {
        return document.equals(SITE) ? Keys.all() : PairKeys.all();
    }

    private static String text(String document) {
        return Repository.text(Repository.path(document));
    }

    @ParameterizedTest
    @ValueSource(strings = {SITE, "docs/reference/pair.yaml.md"})
    void theReferenceIsPrintedFromTheKeys(String document) {
        Golden.sameFile(document, KeyReference.printed(text(document), keys(document)));
    }

    @ParameterizedTest
    @ValueSource(strings = {SITE, "docs/reference/pair.yaml.md"})
    void onlyKeysHaveASectionInTheOrderOfTheTable(String document) {
        assertThat(HEADING.matcher(text(document)).results().map(found -> found.group(1)))
                .containsExactlyElementsOf(keys(document).stream().map(Key::path).toList());
        assertThat(text(document).lines().filter(line -> line.startsWith("### ")))
                .hasSameSizeAs(keys(document));
        assertThat(text(document)).containsOnlyOnce("<!-- All keys, printed. -->\n| key |");
    }

    @Test
    void aNewKeyGetsASectionAfterThePreviousKey() {
        Key key =
                new Key(
                        "vip.mtu",
                        new Shape.Numeric("number", 576, 9000),
                        new Key.Fallback.Fixed("1500"),
                        KeyLimits.of("what the LAN carries").together("interface"),
                        "mtu: 9000",
                        "The longest packet.");
        List<Key> keys = new ArrayList<>(Keys.all());
        keys.add(keys.indexOf(FrontKeys.VIP_ADDRESS) + 1, key);

        String printed = KeyReference.printed(text(SITE), keys);

        assertThat(printed)
                .contains(
                        """
                        (`virtual_ipaddress`).

                        ### `vip.mtu`

                        The longest packet.

                        - Type: number, 576 to 9000
                        - Default: `1500`
                        - Limits: what the LAN carries; only together with `interface`
                        - Example: `mtu: 9000`

                        ### `vip.subnet`
                        """)
                .contains(
                        "\n| [`vip.mtu`](#vipmtu) | number, 576 to 9000 | `1500` | The longest"
                                + " packet. |\n");
    }

    @Test
    void handWrittenTextStays() {
        String document = text(SITE).replace("- Type: IPv4 address\n", "- Type: a lie\n");

        assertThat(document).isNotEqualTo(text(SITE));
        assertThat(KeyReference.printed(document, Keys.all()))
                .isEqualTo(KeyReference.printed(text(SITE), Keys.all()));
    }

    @Test
    void theExamplesInItAreReadWithoutProblems() {
        List<String> examples =
                YAML.matcher(text(SITE)).results().map(result -> result.group(1)).toList();
        assertThat(examples)
                .hasSize(4)
                .allSatisfy(example ->
                        assertThat(
                                        SiteReader.read(
                                                "tandem.yaml",
                                                example.getBytes(StandardCharsets.UTF_8),
                                                new FakeSurroundings()))
                                .isInstanceOf(Reading.Good.class));
        assertThat(Keys.all())
                .filteredOn(key -> !key.name().startsWith("<"))
                .allSatisfy(key ->
                        assertThat(examples).anyMatch(one -> one.contains(key.name() + ":")));
    }
}
