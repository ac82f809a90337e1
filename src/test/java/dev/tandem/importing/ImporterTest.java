package dev.tandem.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.golden.Golden;
import dev.tandem.importing.Told.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pairs are imported: each line has a fate, and what comes of them is a valid site file.
@Tag("golden")
class ImporterTest {
    private static final int MADE_UP = 100;

    static List<ImportCase> cases() {
        return ImportCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aPairBecomesThisSiteFile(ImportCase one) {
        Golden.same("import/" + one.name() + "/tandem.yaml", one.imported().yaml().stripTrailing());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void andThisBecomesOfEachLine(ImportCase one) {
        String lines =
                one.imported().lines().stream()
                        .map(line ->
                                "%s %s: %s\n%s"
                                        .formatted(
                                                line.at(),
                                                line.verdict(),
                                                line.text().replace('\t', ' '),
                                                line.fates().stream()
                                                        .map(fate -> "    " + fate)
                                                        .collect(Collectors.joining("\n"))))
                        .collect(Collectors.joining("\n"));
        Golden.same("import/" + one.name() + "/lines.txt", lines);
    }

    /// Which lines say something is found out here by other means than the importer's.
    private static SortedSet<String> lines(String haproxy, Optional<String> keepalived) {
        TreeSet<String> places = new TreeSet<>();
        int number = 0;
        for (String line : haproxy.split("\n", -1)) {
            number++;
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                places.add("haproxy.cfg:" + number);
            }
        }
        number = 0;
        for (String line : keepalived.orElse("").split("\n", -1)) {
            number++;
            if (!line.isBlank() && !line.strip().matches("[#!].*")) {
                places.add("keepalived.conf:" + number);
            }
        }
        return places;
    }

    private static void everyLineIsTold(
            Imported imported, String haproxy, Optional<String> keepalived) {
        List<String> told = imported.lines().stream().map(line -> line.at().toString()).toList();
        assertThat(told)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(lines(haproxy, keepalived));
        assertThat(imported.lines()).allMatch(line -> !line.fates().isEmpty());
        long all = 0;
        for (Verdict verdict : Verdict.values()) {
            all += imported.count(verdict);
        }
        assertThat(all).isEqualTo(told.size());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void carriedRawCoveredAndListedAreAllLines(ImportCase one) {
        everyLineIsTold(one.imported(), one.haproxy(), one.keepalived());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyListedLineStandsInTheHeadWithItsReason(ImportCase one) {
        Imported imported = one.imported();
        String head = imported.yaml().substring(0, imported.yaml().indexOf("\n\n"));
        assertThat(imported.listed())
                .allSatisfy(line -> {
                    assertThat(line.reasons()).isNotEmpty();
                    line.reasons().forEach(why -> assertThat(head).contains(Yaml.comment(why)));
                });
    }

    /// Wherever it stands, a line that nobody knows is listed.
    @ParameterizedTest
    @MethodSource("cases")
    void aLineThatNobodyKnowsIsListedWhereverItStands(ImportCase one) {
        List<String> with = new ArrayList<>();
        for (String line : one.haproxy().split("\n", -1)) {
            with.addAll(List.of(line, "    quux frobnicate 7"));
        }
        Imported imported = ImportCase.imported(String.join("\n", with), one.keepalived());
        assertThat(imported.lines())
                .filteredOn(line -> line.text().startsWith("quux"))
                .hasSize(with.size() / 2)
                .allMatch(line -> line.verdict() == Verdict.LISTED);
    }

    /// An option of a server that nobody knows is not lost behind those that are carried.
    @ParameterizedTest
    @MethodSource("cases")
    void anOptionOfAServerThatNobodyKnowsIsListed(ImportCase one) {
        String with = one.haproxy().replaceAll("(?m)^(\\s+server .*)$", "$1 quux 7");
        Imported imported = ImportCase.imported(with, one.keepalived());
        assertThat(imported.lines())
                .filteredOn(line -> line.text().startsWith("server "))
                .isNotEmpty()
                .allMatch(line -> line.verdict() == Verdict.LISTED);
    }

    /// Lines of all cases in any order, in sections that they do not belong to.
    @Test
    void whateverComesInTheSiteFileIsValidAndEachLineIsTold() {
        List<String> lines = new ArrayList<>();
        cases().forEach(one -> lines.addAll(List.of(one.haproxy().split("\n", -1))));
        Random random = new Random(17);
        for (int i = 0; i < MADE_UP; i++) {
            List<String> some = new ArrayList<>();
            for (int j = 0; j < 60; j++) {
                some.add(lines.get(random.nextInt(lines.size())));
            }
            String text = String.join("\n", some);
            Imported imported = ImportCase.imported(text, Optional.empty());
            ImportCase.site(imported.yaml());
            everyLineIsTold(imported, text, Optional.empty());
        }
    }

    /// Whole cases without some of their lines.
    @ParameterizedTest
    @MethodSource("cases")
    void withoutSomeOfItsLinesItIsValid(ImportCase one) {
        List<String> lines = List.of(one.haproxy().split("\n", -1));
        for (int at = 0; at < lines.size(); at += 3) {
            List<String> without = new ArrayList<>(lines);
            without.remove(at);
            String text = String.join("\n", without);
            ImportCase.site(ImportCase.imported(text, one.keepalived()).yaml());
        }
    }

    @Test
    void passwordsAreNotShown() {
        String text =
                """
                userlist u
                    user a insecure-password hunter2
                listen stats
                    bind *:9000
                    mode http
                    stats enable
                    stats auth admin:hunter2
                """;
        String keepalived =
                "vrrp_instance A {\n  authentication {\n    auth_pass hunter2\n  }\n}\n";
        Imported imported = ImportCase.imported(text, Optional.of(keepalived));
        assertThat(imported.yaml()).contains("stats auth admin:(hidden)").doesNotContain("hunter2");
        assertThat(imported.lines()).noneMatch(line -> line.text().contains("hunter2"));
    }

    @Test
    void twiceTheSameInputIsTheSameText() {
        assertThat(cases())
                .allSatisfy(
                        one -> assertThat(one.imported().yaml()).isEqualTo(one.imported().yaml()));
    }
}
