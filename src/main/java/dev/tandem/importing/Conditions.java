package dev.tandem.importing;

import dev.tandem.importing.Term.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the conditions of one section: `if` and `unless` with names of `acl` and `{ }` in place.
final class Conditions {
    private final Map<String, List<Line>> acls = new LinkedHashMap<>();

    /// When a rule holds.
    ///
    /// @param either one of these has to hold, each of them with all of its tests
    /// @param acls the lines that say what its names mean
    record When(List<List<Term>> either, List<Line> acls) {
        When {
            either = List.copyOf(either);
            acls = List.copyOf(acls);
        }
    }

    Conditions(List<Line> lines) {
        for (Line line : lines) {
            if (line.begins("acl")) {
                acls.computeIfAbsent(line.word(1), _ -> new ArrayList<>()).add(line);
            }
        }
    }

    /// The condition at the end of a rule; a rule without one holds always. Empty when it cannot be
    /// read.
    Optional<When> of(Line rule) {
        int at = begin(rule);
        if (at < 0) {
            return Optional.of(new When(List.of(List.of()), List.of()));
        }
        Set<Line> used = new LinkedHashSet<>();
        Optional<List<List<Term>>> either = either(rule.from(at + 1), used);
        return either.flatMap(all -> rule.word(at).equals("if") ? Optional.of(all) : not(all))
                .map(all -> new When(all, List.copyOf(used)));
    }

    /// Where the condition of a rule begins; -1 without one.
    static int begin(Line rule) {
        int when = rule.words().indexOf("if");
        return when >= 0 ? when : rule.words().indexOf("unless");
    }

    private Optional<List<List<Term>>> either(List<String> words, Set<Line> used) {
        List<List<Term>> either = new ArrayList<>();
        List<Term> all = new ArrayList<>();
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            if (word.equals("or") || word.equals("||")) {
                either.add(List.copyOf(all));
                all.clear();
                continue;
            }
            boolean negated = false;
            while (word.startsWith("!")) {
                negated = !negated;
                word = word.substring(1);
                if (word.isEmpty() && at + 1 < words.size()) {
                    word = words.get(++at);
                }
            }
            List<Term> tests;
            if (word.equals("{")) {
                int end = words.subList(at, words.size()).indexOf("}") + at;
                if (end < at) {
                    return Optional.empty();
                }
                tests = List.of(Term.of(words.subList(at + 1, end)));
                at = end;
            } else {
                tests = named(word, used);
            }
            if (tests.size() != 1) {
                return Optional.empty();
            }
            all.add(negated ? tests.getFirst().not() : tests.getFirst());
        }
        either.add(List.copyOf(all));
        return Optional.of(either);
    }

    /// What a name means: one test, or several that cannot be made one.
    private List<Term> named(String name, Set<Line> used) {
        if (name.equals("TRUE")) {
            return List.of(new Term(Kind.ALWAYS, List.of(), false, ""));
        }
        List<Line> lines = acls.getOrDefault(name, List.of());
        used.addAll(lines);
        List<Term> tests = new ArrayList<>();
        for (Line line : lines) {
            Term next = Term.of(line.from(2));
            Optional<Term> both = tests.isEmpty() ? Optional.empty() : tests.getLast().or(next);
            both.ifPresent(one -> tests.set(tests.size() - 1, one));
            if (both.isEmpty()) {
                tests.add(next);
            }
        }
        return tests;
    }

    /// Holds when that does not: each of several tests alone, or all tests alone.
    private static Optional<List<List<Term>>> not(List<List<Term>> either) {
        if (either.stream().allMatch(all -> all.size() == 1)) {
            return Optional.of(
                    List.of(either.stream().map(all -> all.getFirst().not()).toList()));
        }
        return either.size() == 1
                ? Optional.of(
                        either.getFirst().stream().map(test -> List.of(test.not())).toList())
                : Optional.empty();
    }

    /// The lines that say what the names in a rule mean, whether they can be read or not.
    List<Line> namedBy(Line rule) {
        Set<Line> used = new LinkedHashSet<>();
        int at = begin(rule);
        if (at >= 0) {
            for (String word : rule.from(at + 1)) {
                used.addAll(acls.getOrDefault(word.replaceFirst("^!+", ""), List.of()));
            }
        }
        return List.copyOf(used);
    }
}
