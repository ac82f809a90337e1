package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The table of rooms in docs/architecture.md says what {@link House} enforces: the same rooms in
/// the same order, what each may use, and which are pure.
class RoomsDocumentTest {
    private static final Path HOME = Path.of(System.getProperty("tandem.home", "."));

    /// Room, what lives there, what it may use, whether it is pure.
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z.]+)` \\| (.*) \\| ([^|]*) \\| ([^|]*) \\|$");

    private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

    private static List<MatchResult> rows = List.of();

    @BeforeAll
    static void read() throws IOException {
        String document = Files.readString(HOME.resolve("docs/architecture.md"));
        int begin = document.indexOf("| room | what lives there | may use | pure |");
        String table = document.substring(begin, document.indexOf("\n\n", begin));
        rows = ROW.matcher(table).results().toList();
        assertThat(rows).hasSize((int) table.lines().count() - 2);
        assertThat(rows.stream().map(row -> row.group(1))).doesNotHaveDuplicates();
    }

    /// A room that nobody has moved into yet is not in the document.
    private static boolean isInhabited(String room) {
        Path place = HOME.resolve("src/main/java/dev/tandem/" + room.replace('.', '/'));
        return Files.exists(place.resolve("package-info.java"));
    }

    private static SequencedMap<String, List<String>> enforced() {
        SequencedMap<String, List<String>> all = new LinkedHashMap<>();
        House.MAY_USE.forEach((room, used) -> {
            if (isInhabited(room)) {
                all.put(room, used.stream().filter(RoomsDocumentTest::isInhabited).toList());
            }
        });
        return all;
    }

    @Test
    void eachRoomMayUseWhatTheRuleSays() {
        SequencedMap<String, List<String>> said = new LinkedHashMap<>();
        for (MatchResult row : rows) {
            List<String> used =
                    NAME.matcher(row.group(3)).results().map(name -> name.group(1)).toList();
            boolean all = row.group(3).equals("all");
            said.put(row.group(1), all ? List.copyOf(said.sequencedKeySet()) : used);
        }
        Map<String, List<String>> enforced = enforced();
        assertThat(enforced).hasSizeGreaterThan(25).containsKeys("file.yaml", "drill.judge");
        assertThat(said).isEqualTo(enforced);
        assertThat(List.copyOf(said.keySet())).isEqualTo(List.copyOf(enforced.keySet()));
    }

    @Test
    void thoseThatArePureAreThoseOfTheRule() {
        Stream<String> said =
                rows.stream().filter(row -> row.group(4).equals("yes")).map(row -> row.group(1));
        Stream<String> enforced = enforced().keySet().stream().filter(House::isPure);
        assertThat(said.toList()).isEqualTo(enforced.toList());
    }
}
