package dev.tandem.file;

import static java.lang.String.CASE_INSENSITIVE_ORDER;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.model.Headers;
import dev.tandem.model.Headers.Edits;
import dev.tandem.model.Headers.Header;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Reads the section `headers`.
final class HeadersBinder {
    private HeadersBinder() {}

    static Headers bind(Fields root, Problems problems) {
        Fields headers = root.section(DoorKeys.HEADERS);
        return new Headers(
                edits(
                        headers.section(DoorKeys.REQUEST),
                        new Of(
                                DoorKeys.REQUEST_SET,
                                DoorKeys.REQUEST_HEADER,
                                DoorKeys.REQUEST_REMOVE),
                        problems),
                edits(
                        headers.section(DoorKeys.RESPONSE),
                        new Of(
                                DoorKeys.RESPONSE_SET,
                                DoorKeys.RESPONSE_HEADER,
                                DoorKeys.RESPONSE_REMOVE),
                        problems));
    }

    /// The keys of requests, or of answers.
    private record Of(Key set, Key header, Key remove) {}

    private static Edits edits(Fields fields, Of keys, Problems problems) {
        List<Fields.Pair<String, String>> set =
                fields.pairs(keys.set, keys.header, HeaderRules::name, HeaderRules::value);
        List<Found<String>> remove =
                fields.has(keys.remove)
                        ? fields.requiredList(keys.remove, HeaderRules::name)
                        : List.of();
        Set<String> seen = new HashSet<>();
        Stream.concat(set.stream().map(Fields.Pair::name), remove.stream())
                .filter(name -> !seen.add(name.value().toLowerCase(Locale.ROOT)))
                .forEach(name ->
                        problems.add(
                                name.spot(),
                                "%s names the header %s twice"
                                        .formatted(fields.path(), name.value()),
                                "keep one: 'set' replaces all of its name"));
        return new Edits(
                set.stream()
                        .map(one -> new Header(one.name().value(), one.value().value()))
                        .sorted(Comparator.comparing(Header::name, CASE_INSENSITIVE_ORDER))
                        .toList(),
                remove.stream().map(Found::value).toList());
    }
}
