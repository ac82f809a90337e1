package dev.tandem.file;

import dev.tandem.file.FileChecks.Certificate;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Spot;
import dev.tandem.file.yaml.YamlNode.Mapping;
import dev.tandem.model.Ip4;
import dev.tandem.model.Pair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the tree of a pair file.
final class PairBinder {
    private final Fields root;
    private final Problems problems;
    private final FileChecks files;

    private PairBinder(Fields root, Problems problems, FileChecks files) {
        this.root = root;
        this.problems = problems;
        this.files = files;
    }

    /// The pair; empty when something is wrong, which has then been reported.
    static Optional<Pair> bind(Mapping mapping, Problems problems, Surroundings surroundings) {
        Fields root = Fields.root(mapping, problems);
        return new PairBinder(root, problems, new FileChecks(problems, surroundings)).bind();
    }

    private Optional<Pair> bind() {
        Optional<Found<String>> name = root.required(PairKeys.PAIR, NameRules::name);
        Optional<Found<Ip4>> vip = root.required(PairKeys.VIP, AddressRules::address);
        Optional<Found<Integer>> http = root.number(PairKeys.HTTP);
        Optional<Pair.Https> https = https(http);
        Optional<Found<String>> check = root.optional(PairKeys.CHECK, PathRules::check);
        Optional<Found<String>> slow = root.optional(PairKeys.SLOW, PathRules::check);
        Optional<Found<String>> upload = root.optional(PairKeys.UPLOAD, PathRules::check);
        Optional<String> secret = files.secret(root, PairKeys.SECRET);
        List<Found<String>> balancers = root.requiredList(PairKeys.BALANCERS, NameRules::container);
        List<Found<String>> servers = root.list(PairKeys.SERVERS, NameRules::container);
        unique(balancers, servers);
        return problems.isEmpty()
                ? Optional.of(
                        new Pair(
                                name.orElseThrow().value(),
                                vip.orElseThrow().value(),
                                http.orElseThrow().value(),
                                https,
                                new Pair.Paths(
                                        check.orElseThrow().value(),
                                        slow.map(Found::value),
                                        upload.map(Found::value),
                                        secret),
                                balancers.stream().map(Found::value).toList(),
                                servers.stream().map(Found::value).toList()))
                : Optional.empty();
    }

    private Optional<Pair.Https> https(Optional<Found<Integer>> http) {
        together(PairKeys.HTTPS, PairKeys.CA);
        together(PairKeys.CA, PairKeys.HTTPS);
        Optional<Found<Integer>> port = root.number(PairKeys.HTTPS);
        if (port.isPresent() && http.map(Found::value).equals(port.map(Found::value))) {
            problems.add(
                    port.get().spot(),
                    "http and https are both " + port.get().value(),
                    "give each a port of its own");
        }
        Optional<Certificate> ca = files.certificate(root, PairKeys.CA);
        return port.flatMap(number -> ca.map(file -> new Pair.Https(number.value(), file.path())));
    }

    private void together(Key given, Key other) {
        if (root.has(given) && !root.has(other)) {
            problems.add(
                    root.spotOf(given),
                    given.path() + " has no " + other.path(),
                    "add '" + other.example() + "': each needs the other");
        }
    }

    private void unique(List<Found<String>> balancers, List<Found<String>> servers) {
        Map<String, Spot> first = new HashMap<>();
        for (List<Found<String>> list : List.of(balancers, servers)) {
            for (Found<String> name : list) {
                Spot before = first.putIfAbsent(name.value(), name.spot());
                if (before != null) {
                    problems.add(
                            name.spot(),
                            "the container '%s' is already on line %d"
                                    .formatted(name.value(), before.line()),
                            "remove one: a container is either a balancer or a server");
                }
            }
        }
    }
}
