package dev.tandem.file;

import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Spot;
import dev.tandem.file.yaml.Visible;
import dev.tandem.file.yaml.YamlNode;
import dev.tandem.file.yaml.YamlNode.Entry;
import dev.tandem.file.yaml.YamlNode.Kind;
import dev.tandem.file.yaml.YamlNode.Mapping;
import dev.tandem.file.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Typed access to the keys of one map of the file.
///
/// Every method returns a value, or reports a problem and returns empty; the caller goes on with
/// the next key either way. Unknown keys are reported when the map is opened.
final class Fields {
    private final Problems problems;
    private final Types types;
    private final String path;
    private final Spot spot;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Fields(Problems problems, String path, Spot spot, Mapping mapping) {
        this.problems = problems;
        this.types = new Types(problems);
        this.path = path;
        this.spot = spot;
        mapping.entries().forEach(entry -> entries.put(entry.key().text(), entry));
    }

    /// The keys at the top of the file.
    static Fields root(Mapping mapping, Problems problems) {
        Fields root = new Fields(problems, "", mapping.spot(), mapping);
        UnknownKeys.report(mapping, "", "", problems);
        return root;
    }

    /// The path of this map for messages: vip, or balancers.haproxy-a.
    String path() {
        return path;
    }

    /// The place of the key that this map belongs to.
    Spot spot() {
        return spot;
    }

    boolean has(Key key) {
        return entries.containsKey(key.name());
    }

    /// Whether a key is there in a section, right or wrong.
    boolean has(Key section, Key key) {
        Entry entry = entries.get(section.name());
        return entry != null
                && entry.value() instanceof Mapping mapping
                && mapping.entries().stream().anyMatch(one -> one.key().text().equals(key.name()));
    }

    /// The place of a key's value, or of this map when the key is absent.
    Spot spotOf(Key key) {
        Entry entry = entries.get(key.name());
        return entry == null ? spot : entry.key().spot();
    }

    /// A map that may be absent; then it counts as empty.
    Fields section(Key key) {
        return map(key).orElseGet(() -> empty(key));
    }

    /// A map that must be present. Empty when it is missing, so that nothing is reported about its
    /// keys.
    Optional<Fields> requiredSection(Key key) {
        if (!has(key)) {
            missing(key);
        }
        return map(key);
    }

    /// Whether a value is written as a map.
    boolean isMap(Key key) {
        Entry entry = entries.get(key.name());
        return entry != null && entry.value() instanceof Mapping;
    }

    private Optional<Fields> map(Key key) {
        Entry entry = entries.get(key.name());
        if (entry == null) {
            return Optional.empty();
        }
        return types.mapping(join(key.name()), key, entry)
                .map(mapping -> open(key, entry, mapping));
    }

    private Fields open(Key key, Entry entry, Mapping mapping) {
        String name = join(entry.key().text());
        UnknownKeys.report(mapping, key.path(), name, problems);
        return new Fields(problems, name, entry.key().spot(), mapping);
    }

    private Fields empty(Key key) {
        return new Fields(problems, join(key.name()), spotOf(key), new Mapping(spot, List.of()));
    }

    /// The children of a map whose keys are names that the user chose.
    ///
    /// @param key the key of this map, which says how many there may be
    List<Named> named(Key key, Key each) {
        return named(key, each, NameRules::name);
    }

    /// The same, where names are other ones than those of nodes.
    List<Named> named(Key key, Key each, Rule<String> rule) {
        List<Named> children = new ArrayList<>();
        counted(key, each).forEach(entry -> child(each, entry, rule, children));
        return children;
    }

    /// The same, where one word may stand in place of a child's map.
    <T> List<Worded<T>> worded(Key key, Key each, Rule<T> rule) {
        return counted(key, each).map(entry -> worded(each, entry, rule)).toList();
    }

    private <T> Worded<T> worded(Key each, Entry entry, Rule<T> rule) {
        String below = join(entry.key().text());
        Found<String> name = types.name(path, entry.key()).orElse(unnamed(entry));
        if (entry.value() instanceof Scalar scalar && scalar.kind() != Kind.NOTHING) {
            Optional<Found<T>> word =
                    types.text(below, each, entry, rule).flatMap(text -> judge(below, text, rule));
            return new Worded<>(name, word, Optional.empty());
        }
        Optional<Fields> fields =
                types.mapping(below, each, entry).map(mapping -> open(each, entry, mapping));
        return new Worded<>(name, Optional.empty(), fields);
    }

    /// A named child that is a word or a map; neither when it was wrong.
    ///
    /// @param <T> what the word stands for
    record Worded<T>(Found<String> name, Optional<Found<T>> word, Optional<Fields> fields) {}

    private Stream<Entry> counted(Key key, Key each) {
        int most = key.most();
        if (entries.isEmpty()) {
            problems.add(
                    spot, path + " is empty", "add at least one, such as '" + each.example() + "'");
        }
        if (entries.size() > most) {
            problems.add(
                    spot,
                    path + " has " + entries.size() + " names, at most " + most + " are supported",
                    "remove some");
        }
        return entries.values().stream().limit(most);
    }

    private void child(Key each, Entry entry, Rule<String> rule, List<Named> children) {
        Optional<Found<String>> name = types.name(path, entry.key(), rule);
        types.mapping(join(entry.key().text()), each, entry)
                .map(mapping -> open(each, entry, mapping))
                .ifPresent(fields -> children.add(new Named(name.orElse(unnamed(entry)), fields)));
    }

    private static Found<String> unnamed(Entry entry) {
        return new Found<>(entry.key().text(), entry.key().spot());
    }

    /// A named child of a map.
    record Named(Found<String> name, Fields fields) {}

    /// A map from names to texts, each of which has a rule; empty when it is absent.
    ///
    /// @param each the key of a text
    <N, T> List<Pair<N, T>> pairs(Key key, Key each, Rule<N> names, Rule<T> texts) {
        return map(key).stream()
                .flatMap(fields ->
                        fields.counted(key, each)
                                .flatMap(entry -> fields.pair(each, entry, names, texts)))
                .toList();
    }

    private <N, T> Stream<Pair<N, T>> pair(Key each, Entry entry, Rule<N> names, Rule<T> texts) {
        Optional<Found<N>> name = judge(path, entry.key(), names);
        String below = join(entry.key().text());
        Optional<Found<T>> value =
                types.text(below, each, entry, texts).flatMap(text -> judge(below, text, texts));
        return name.isPresent() && value.isPresent()
                ? Stream.of(new Pair<>(name.get(), value.get()))
                : Stream.empty();
    }

    /// A name and the text below it.
    ///
    /// @param <N> what the name stands for
    /// @param <T> what the text stands for
    record Pair<N, T>(Found<N> name, Found<T> value) {}

    /// The lines below each name of a map; none when it is absent.
    Map<Found<String>, List<Found<String>>> linesByName(Key key, Key each) {
        Map<Found<String>, List<Found<String>>> all = new LinkedHashMap<>();
        for (Fields below : map(key).stream().toList()) {
            for (Entry entry : below.counted(key, each).toList()) {
                String where = below.join(entry.key().text());
                types.name(below.path, entry.key())
                        .ifPresent(name -> all.put(name, types.lines(where, each, entry)));
            }
        }
        return all;
    }

    /// A text that must be present.
    <T> Optional<Found<T>> required(Key key, Rule<T> rule) {
        if (!has(key)) {
            missing(key);
        }
        return optional(key, rule);
    }

    /// A text; when it is absent, the key's fixed default, if any.
    <T> Optional<Found<T>> optional(Key key, Rule<T> rule) {
        Entry entry = entries.get(key.name());
        if (entry == null) {
            return key.fixed().map(rule::judge).flatMap(this::fallback);
        }
        return types.text(join(key.name()), key, entry, rule)
                .flatMap(text -> judge(join(key.name()), text, rule));
    }

    private <T> Optional<Found<T>> fallback(Rule.Verdict<T> verdict) {
        return verdict instanceof Fits<T>(T value)
                ? Optional.of(new Found<>(value, spot))
                : Optional.empty();
    }

    private <T> Optional<Found<T>> judge(String where, Scalar text, Rule<T> rule) {
        return switch (rule.judge(text.text())) {
            case Fits<T>(T value) -> Optional.of(new Found<>(value, text.spot()));
            case Unfit<T>(String message, String hint) -> {
                problems.add(text.spot(), where + ": " + message, hint);
                yield Optional.empty();
            }
        };
    }

    /// A whole number; when it is absent, the key's fixed default, if any.
    Optional<Found<Integer>> number(Key key) {
        Entry entry = entries.get(key.name());
        if (entry == null) {
            return key.fixed().map(text -> new Found<>(Integer.parseInt(text), spot));
        }
        return types.number(join(key.name()), key, entry);
    }

    /// A whole number that must be present.
    Optional<Found<Integer>> requiredNumber(Key key) {
        if (!has(key)) {
            missing(key);
        }
        return number(key);
    }

    /// Whether something is so; when it is absent, the key's fixed default.
    Optional<Found<Boolean>> truth(Key key) {
        Entry entry = entries.get(key.name());
        if (entry == null) {
            return key.fixed().map(text -> new Found<>(Boolean.parseBoolean(text), spot));
        }
        return types.truth(join(key.name()), key, entry);
    }

    /// The maps of a list, by their number; none when it is absent.
    List<Fields> maps(Key key, Key each) {
        Entry entry = entries.get(key.name());
        if (entry == null) {
            return List.of();
        }
        List<YamlNode> items = types.items(join(key.name()), key, entry);
        if (items.size() > key.most()) {
            problems.add(
                    entry.key().spot(),
                    join(key.name()) + " has " + items.size() + " items, at most " + key.most(),
                    "remove some");
        }
        List<Fields> maps = new ArrayList<>();
        for (int i = 0; i < Math.min(items.size(), key.most()); i++) {
            String path = join(key.name()) + "." + (i + 1);
            Spot at = items.get(i).spot();
            Entry numbered = new Entry(new Scalar(at, Kind.TEXT, path), items.get(i));
            types.mapping(path, each, numbered)
                    .ifPresent(mapping -> {
                        UnknownKeys.report(mapping, each.path(), path, problems);
                        maps.add(new Fields(problems, path, at, mapping));
                    });
        }
        return maps;
    }

    /// A list of texts; empty when it is absent.
    <T> List<Found<T>> list(Key key, Rule<T> rule) {
        int most = key.most();
        Entry entry = entries.get(key.name());
        if (entry == null) {
            return List.of();
        }
        List<YamlNode> items = types.items(join(key.name()), key, entry);
        if (items.size() > most) {
            problems.add(
                    entry.key().spot(),
                    join(key.name()) + " has " + items.size() + " items, at most " + most,
                    "remove some");
        }
        return items.stream()
                .limit(most)
                .map(item -> new Entry(new Scalar(item.spot(), Kind.TEXT, key.name()), item))
                .flatMap(item -> types.text(join(key.name()), key, item, rule).stream())
                .flatMap(text -> judge(join(key.name()), text, rule).stream())
                .toList();
    }

    /// One text, or a list of at least one. Each may look like a number. Empty when it is absent.
    <T> List<Found<T>> oneOrMore(Key key, Rule<T> rule) {
        Entry entry = entries.get(key.name());
        if (entry == null) {
            return List.of();
        }
        List<YamlNode> all =
                entry.value() instanceof YamlNode.Sequence list
                        ? list.items()
                        : List.of(entry.value());
        if (all.isEmpty() || all.size() > key.most()) {
            problems.add(
                    entry.key().spot(),
                    join(key.name()) + " has " + all.size() + " items, from 1 to " + key.most(),
                    "such as '" + key.example() + "'");
        }
        return all.stream()
                .limit(key.most())
                .map(item -> new Entry(entry.key(), item))
                .flatMap(item -> types.word(join(key.name()), key, item).stream())
                .flatMap(text -> judge(join(key.name()), text, rule).stream())
                .toList();
    }

    /// The lines of a text; none when it is absent.
    List<Found<String>> lines(Key key) {
        Entry entry = entries.get(key.name());
        return entry == null ? List.of() : types.lines(join(key.name()), key, entry);
    }

    /// A list with at least one text.
    <T> List<Found<T>> requiredList(Key key, Rule<T> rule) {
        if (!has(key)) {
            missing(key);
            return List.of();
        }
        List<Found<T>> list = list(key, rule);
        Entry entry = entries.get(key.name());
        if (entry != null
                && entry.value() instanceof YamlNode.Sequence all
                && all.items().isEmpty()) {
            problems.add(
                    all.spot(), join(key.name()) + " is empty", "such as '" + key.example() + "'");
        }
        return list;
    }

    /// Reports a key that is missing.
    void require(Key key) {
        if (!has(key)) {
            missing(key);
        }
    }

    /// Reports that a key is missing, unless it is present in another spelling: that has been
    /// reported already.
    private void missing(Key key) {
        if (UnknownKeys.isMisspelled(key, entries.keySet(), problems.kind())) {
            return;
        }
        String where = path.isEmpty() ? "" : " below '" + path + "'";
        problems.add(spot, join(key.name()) + " is missing", "add '" + key.example() + "'" + where);
    }

    private String join(String name) {
        String shown = Visible.text(name);
        return path.isEmpty() ? shown : path + "." + shown;
    }
}
