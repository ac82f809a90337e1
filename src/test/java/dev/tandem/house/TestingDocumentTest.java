package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// docs/testing.md has every class of tests on containers, in the run that it is in, and finds each
/// scenario of 0.1.0 where it is now.
class TestingDocumentTest {
    /// A row of its tables: class (in its first row), run, scenario or words, place.
    private static final Pattern ROW =
            Pattern.compile("\\| (?:`(\\w+Test)`)? ?\\| ([^|]*) \\| (?:`(\\w+)` \\| )?(.*) \\|");

    private static final SortedMap<String, String> SOURCES = new TreeMap<>();
    private static List<String> document = List.of();

    @BeforeAll
    static void read() throws IOException {
        SortedMap<String, String> files =
                TextTidy.files(Path.of(System.getProperty("tandem.home", ".")).toRealPath());
        files.forEach((name, text) -> {
            if (name.startsWith("src/test/java/") && name.endsWith("Test.java")) {
                SOURCES.put(name.replaceFirst(".*/(\\w+)\\.java", "$1"), text);
            }
        });
        document = files.getOrDefault("docs/testing.md", "").lines().toList();
    }

    private static List<Matcher> rows() {
        return document.stream().map(ROW::matcher).filter(Matcher::matches).toList();
    }

    private static String run(String source) {
        String onClass = source.substring(0, source.indexOf("\nclass "));
        return onClass.contains("@Tag(\"exact\")")
                ? "alone"
                : onClass.contains("@Tag(\"counting\")") ? "in pairs" : "side by side";
    }

    @Test
    void everyClassOnContainersIsThereInItsRun() {
        SortedMap<String, String> said = new TreeMap<>();
        for (Matcher row : rows()) {
            if (row.group(1) != null && SOURCES.containsKey(row.group(1))) {
                said.put(row.group(1), row.group(2).strip());
            }
        }
        SortedMap<String, String> runs = new TreeMap<>();
        SOURCES.forEach((name, text) -> {
            if (text.contains("\n@Tag(\"containers\")")) {
                runs.put(name, run(text));
            }
        });
        assertThat(runs).hasSizeGreaterThan(40);
        assertThat(said).containsAllEntriesOf(runs);
    }

    @Test
    void everyScenarioIsWhereItSays() {
        List<String> missing = new ArrayList<>();
        String type = "";
        for (Matcher row : rows()) {
            type = row.group(1) == null ? type : row.group(1);
            String scenario = row.group(3);
            String place = row.group(4);
            if (scenario == null) {
                continue;
            }
            String method = place.startsWith("here") ? scenario : named(place);
            if (method != null && !isDeclared(type, method)) {
                missing.add(type + ": " + method);
            }
        }
        assertThat(rows()).hasSizeGreaterThan(150);
        assertThat(missing).isEmpty();
    }

    /// The class or method that a place names; null when it says that it is no more.
    private static @Nullable String named(String place) {
        Matcher name = Pattern.compile("`(\\w+)`").matcher(place);
        return name.find() ? name.group(1) : null;
    }

    private static boolean isDeclared(String type, String name) {
        return name.endsWith("Test")
                ? SOURCES.containsKey(name)
                : SOURCES.getOrDefault(type, "").matches("(?s).*\\b" + name + "\\(.*");
    }
}
