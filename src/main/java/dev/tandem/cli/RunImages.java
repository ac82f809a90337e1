package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.model.Role;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.ImageSeen;
import dev.tandem.prepare.Updates;
import dev.tandem.text.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// The images that the containers of a site run, and how old each is: in a status.
///
/// @param images each with the nodes that run it
/// @param now what ages are counted from
record RunImages(Map<ImageSeen, List<String>> images, Instant now) {
    /// None was looked at.
    static final RunImages NONE = new RunImages(Map.of(), Instant.EPOCH);

    /// Looks at those of a snapshot.
    ///
    /// @param look looks at an image, on the engine of a node that runs it
    static RunImages of(
            Snapshot snapshot, BiFunction<String, String, ImageSeen> look, Instant now) {
        Map<String, List<String>> nodes = new LinkedHashMap<>();
        new TreeMap<>(snapshot.containers())
                .forEach((service, container) -> {
                    if (Role.BALANCER.is(container.role()) || Role.WEB.is(container.role())) {
                        nodes.computeIfAbsent(container.image(), _ -> new ArrayList<>())
                                .add(service);
                    }
                });
        Map<ImageSeen, List<String>> images = new LinkedHashMap<>();
        nodes.entrySet().parallelStream()
                .map(one ->
                        Map.entry(
                                look.apply(one.getKey(), one.getValue().getFirst()),
                                one.getValue()))
                .toList()
                .forEach(one -> images.put(one.getKey(), one.getValue()));
        return new RunImages(images, now);
    }

    /// A table that follows the others; empty text when there is none.
    String table() {
        if (images.isEmpty()) {
            return "";
        }
        boolean asked = images.keySet().stream().anyMatch(one -> one.updates().isPresent());
        List<String> headings = new ArrayList<>(List.of("IMAGE", "AGE", "RUN BY"));
        if (asked) {
            headings.add("SECURITY UPDATES");
        }
        Table table = new Table(headings.toArray(String[]::new));
        images.forEach((one, by) -> {
            List<String> cells =
                    new ArrayList<>(List.of(one.image(), one.age(now), String.join(", ", by)));
            if (asked) {
                cells.add(one.updates().map(RunImages::words).orElse(""));
            }
            table.row(cells);
        });
        return "\n\n" + table;
    }

    private static String words(Updates updates) {
        return switch (updates) {
            case Updates.Unknown(String reason) -> "unknown: " + reason;
            case Updates.Known(boolean secured, List<String> _) when !secured ->
                    "unknown: trixie-security is not among its sources";
            case Updates.Known(_, List<String> missing) when missing.isEmpty() -> "none is missing";
            case Updates.Known(_, List<String> missing) ->
                    "missing: " + String.join(", ", missing) + "; tandem up --refresh";
        };
    }

    void write(JsonGenerator json) throws IOException {
        Json.objects(
                json,
                "images",
                List.copyOf(images.entrySet()),
                entry -> {
                    ImageSeen one = entry.getKey();
                    json.writeStringField("image", one.image());
                    Json.string(json, "made", one.made().map(Instant::toString));
                    Json.strings(json, "run_by", entry.getValue());
                    Optional<List<String>> missing =
                            one.updates()
                                    .filter(u ->
                                            u instanceof Updates.Known known && known.secured())
                                    .map(u -> ((Updates.Known) u).missing());
                    if (missing.isPresent()) {
                        Json.strings(json, "security_updates", missing.get());
                    } else {
                        json.writeNullField("security_updates");
                    }
                });
    }
}
