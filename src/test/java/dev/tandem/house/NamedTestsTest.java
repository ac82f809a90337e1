package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A document that names a test as its proof names one that there is. (docs/testing.md also names
/// those that there were.)
class NamedTestsTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

    private static List<String> missing(String text, SortedMap<String, String> files) {
        return NAMED.matcher(text)
                .results()
                .filter(named -> !exists(named.group(1), named.group(2), files))
                .map(named -> named.group())
                .toList();
    }

    private static boolean exists(
            String type, @Nullable String method, SortedMap<String, String> files) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().endsWith("/" + type + ".java"))
                .anyMatch(file -> method == null || declares(file.getValue(), method));
    }

    private static boolean declares(String source, String method) {
        Matcher declared = Pattern.compile("\\b" + method + "\\(").matcher(source);
        return declared.find();
    }

    @Test
    void whatDocumentsNameAsProofExists() throws IOException {
        SortedMap<String, String> files =
                TextTidy.files(Path.of(System.getProperty("tandem.home", ".")).toRealPath());

        assertThat(files).containsKey("docs/security.md");
        assertThat(files)
                .allSatisfy((name, text) -> {
                    if (name.matches("(docs/.*|[^/]*)\\.md") && !name.equals("docs/testing.md")) {
                        assertThat(missing(text, files)).as(name).isEmpty();
                    }
                });
        assertThat(missing("see `NamedTestsTest.nobodyWroteThis` and `NoSuchTest`", files))
                .hasSize(2);
    }
}
