package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names of backends and of files stand in one place; a second one is found.
class OnePlaceTest {
    private static final String SAMPLE = "src/main/java/dev/tandem/observe/Sample.java";

    private static String with(String literal) {
        return "/// S.\nclass Sample {\n    String a = " + literal + ";\n}\n";
    }

    @Test
    void the_program_names_each_in_one_place() throws IOException {
        Path home = Path.of(System.getProperty("tandem.home", ".")).toRealPath();
        SortedMap<String, String> sources = TextTidy.files(home);
        sources.keySet().removeIf(file -> !file.matches("src/main/java/.*\\.java"));

        assertThat(sources).hasSizeGreaterThan(100).containsKey(home("render/Layout"));
        assertThat(OnePlace.check(sources)).isEmpty();
    }

    private static String home(String name) {
        return "src/main/java/dev/tandem/" + name + ".java";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"web\"",
                "\"web-tls\"",
                "\"last-resort\"",
                "\"last-resort-tls\"",
                "\"retries\"",
                "\"set server web/\"",
                "\"set server web-tls/web-a\"",
                "\"\"\"\n    use_backend last-resort if { nbsrv(web) eq 0 }\n\"\"\"",
                "\"\"\"\n\n    backend web\n        balance first\n\"\"\""
            })
    void a_backend_that_is_named_again_is_found(String literal) {
        assertThat(OnePlace.check(Map.of(SAMPLE, with(literal))))
                .singleElement()
                .satisfies(offence -> {
                    assertThat(offence.line()).isEqualTo(3);
                    assertThat(offence.what()).startsWith("a backend of HAProxy is named: ");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"compose.yaml\"",
                "\"haproxy-a/haproxy.cfg\"",
                "\"/servers.state\"",
                "\"/duty\"",
                "\"tls/\"",
                "\"balancer/ca-\"",
                "\"balancer/site.pem\"",
                "\"ca.key\"",
                "\".tandem\"",
                "\".tandem.yaml\"",
                "\".orders\"",
                "\".plan-\"",
                "\"\"\"\n    source: ./tls/web-a\n\"\"\""
            })
    void a_file_that_is_named_again_is_found(String literal) {
        assertThat(OnePlace.check(Map.of(SAMPLE, with(literal))))
                .extracting(Offence::what)
                .singleElement()
                .asString()
                .startsWith("a file of a site is named: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"/etc/tandem\"", "\":/etc/tandem-tls:ro\"", "\"root /srv/content;\""})
    void a_mount_that_is_named_again_is_found(String literal) {
        assertThat(OnePlace.check(Map.of(SAMPLE, with(literal))))
                .extracting(Offence::what)
                .singleElement()
                .asString()
                .startsWith("where a container has its files mounted is named: ");
    }

    @Test
    void a_path_for_drills_that_is_named_again_is_found() {
        assertThat(OnePlace.check(Map.of(SAMPLE, with("\"location = /tandem-drill/slow {\""))))
                .extracting(Offence::what)
                .containsExactly("a path for drills is named: /tandem-drill/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"web-a\"",
                "\"web-kill\"",
                "\"a web server\"",
                "\"no web server is up\"",
                "\"web: the pool\"",
                "\"duty\"",
                "\"history\"",
                "\"its init could not load handover.nft\"",
                "\"ca: tls/ca.pem\"",
                "\"balancers.\"",
                "\"/run/tandem/leaving\"",
                "\"retries: 2\""
            })
    void other_words_are_left_alone(String literal) {
        assertThat(OnePlace.check(Map.of(SAMPLE, with(literal)))).isEmpty();
    }

    @Test
    void the_one_place_may_name_it() {
        assertThat(OnePlace.check(Map.of(home("model/Pool"), with("\"web\"")))).isEmpty();
        assertThat(OnePlace.check(Map.of(home("render/Layout"), with("\"tls/\"")))).isEmpty();
        assertThat(OnePlace.check(Map.of(home("render/Layout"), with("\"web\"")))).hasSize(1);
        assertThat(OnePlace.check(Map.of(home("model/Pool"), with("\"tls/\"")))).hasSize(1);
    }
}
