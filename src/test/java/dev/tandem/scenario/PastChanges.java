package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What `tandem history` tells of a site.
final class PastChanges {
    private static final List<String> TOLD = List.of("change", "verb", "subject", "by", "outcome");

    private PastChanges() {}

    /// A line for each, newest first: `4 drain web-c root@vm done`.
    static List<String> of(TestSite site) {
        Output told = site.tandem("history", "--json");
        assertThat(told.exit()).as(told.stderr()).isZero();
        List<List<String>> fields =
                TOLD.stream().map(field -> values(told.stdout(), field)).toList();
        return IntStream.range(0, fields.getFirst().size())
                .mapToObj(i -> String.join(" ", fields.stream().map(f -> f.get(i)).toList()))
                .toList();
    }

    private static List<String> values(String json, String field) {
        return Pattern.compile("\"" + field + "\" : \"?(.*?)\"?,?$", Pattern.MULTILINE)
                .matcher(json)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
