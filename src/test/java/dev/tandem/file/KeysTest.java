package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.file.yaml.Key;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The table of keys is complete, and every key has a case that shows its messages.
class KeysTest {
    private static final Pattern WORDS =
            Pattern.compile("[a-z]+[0-9]?(_[a-z]+)*|<name>|<number>|<status>");

    @TestFactory
    Stream<DynamicTest> everyKeyHasAGoldenErrorCaseThatNamesIt() {
        String expectations =
                Repository.messages(Repository.path("src/test/golden/site-errors"), "tandem.yaml");
        return Keys.all().stream()
                .map(key ->
                        DynamicTest.dynamicTest(
                                key.path(),
                                () -> assertThat(expectations).containsPattern(path(key))));
    }

    /// At the start of a message, and not as the prefix of a longer path.
    private static Pattern path(Key key) {
        String quoted =
                Stream.of(key.path().split("(?=<)|(?<=>)", -1))
                        .map(part -> part.startsWith("<") ? "[a-z0-9-]+" : Pattern.quote(part))
                        .collect(Collectors.joining());
        return Pattern.compile("(?m)^" + quoted + "(?![a-z_.])");
    }

    @Test
    void keysAreSpelledInSnakeCaseAndListedOnceAfterTheirParent() {
        List<String> paths = Keys.all().stream().map(Key::path).toList();
        assertThat(paths).doesNotHaveDuplicates();
        for (Key key : Keys.all()) {
            assertThat(key.name()).matches(WORDS);
            if (!key.parent().isEmpty()) {
                assertThat(paths.subList(0, paths.indexOf(key.path()))).contains(key.parent());
            }
        }
    }

    @Test
    void everyKeyHasASentenceAndAnExample() {
        assertThat(Keys.all())
                .allSatisfy(key -> {
                    assertThat(key.text()).endsWith(".").doesNotContain("\n", "|");
                    assertThat(key.shape().words()).isNotBlank();
                    if (!key.name().startsWith("<")) {
                        assertThat(key.example()).startsWith(key.name() + ":");
                    }
                });
    }

    @Test
    void limitsNameKeysOfTheSameMap() {
        assertThat(Keys.all())
                .allSatisfy(key ->
                        assertThat(Keys.FILE.below(key.parent()))
                                .extracting(Key::name)
                                .containsAll(key.limits().needs())
                                .containsAll(key.limits().excludes()));
    }

    @Test
    void onlyCountableShapesHaveAMinimumAndAMaximum() {
        assertThat(FrontKeys.BALANCERS.most()).isEqualTo(16);
        assertThat(FrontKeys.VIP_ROUTER_ID.least()).isEqualTo(1);
        assertThatThrownBy(FrontKeys.VIP_SUBNET::most).hasMessageStartingWith("vip.subnet is");
        assertThatThrownBy(FrontKeys.VIP_SUBNET::least).hasMessageStartingWith("vip.subnet is");
    }

    @Test
    void theReaderUsesTheFixedDefaultsOfTheTable() {
        assertThat(FrontKeys.LISTEN_HTTP.fixed()).contains("80");
        assertThat(FrontKeys.VIP_SUBNET.fixed()).isEqualTo(Optional.empty());
    }
}
