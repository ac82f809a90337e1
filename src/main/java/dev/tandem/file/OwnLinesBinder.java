package dev.tandem.file;

import dev.tandem.file.OwnLineRules.Part;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.OwnLines;
import dev.tandem.model.OwnLines.OfPool;
import dev.tandem.model.Pool;
import dev.tandem.model.Suggestion;
import java.util.List;
import java.util.Map;

/// Reads the section `haproxy`: lines for haproxy.cfg.
final class OwnLinesBinder {
    private final Fields fields;
    private final Problems problems;

    private OwnLinesBinder(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    /// @param pools the names of those that have one
    static OwnLines bind(Fields root, List<String> pools, Problems problems) {
        OwnLinesBinder binder = new OwnLinesBinder(root.section(DoorKeys.HAPROXY), problems);
        return new OwnLines(
                binder.lines(DoorKeys.HAPROXY_GLOBAL, Part.GLOBAL),
                binder.lines(DoorKeys.HAPROXY_HTTP, Part.FRONTEND),
                binder.lines(DoorKeys.HAPROXY_HTTPS, Part.FRONTEND),
                binder.lines(DoorKeys.HAPROXY_BACKEND, Part.BACKEND),
                binder.ofPools(pools));
    }

    private List<String> lines(Key key, Part part) {
        List<Found<String>> lines = fields.lines(key);
        lines.forEach(line ->
                OwnLineRules.refusal(part, line.value())
                        .ifPresent(refusal -> refuse(key.path(), line, refusal)));
        return lines.stream().map(Found::value).toList();
    }

    private List<OfPool> ofPools(List<String> pools) {
        Map<Found<String>, List<Found<String>>> all =
                fields.linesByName(DoorKeys.HAPROXY_POOLS, DoorKeys.HAPROXY_POOL);
        all.forEach((name, lines) -> {
            isThere(name, pools);
            lines.forEach(line ->
                    OwnLineRules.refusal(Part.BACKEND, line.value())
                            .map(refusal -> refusal.of(name.value()))
                            .ifPresent(refusal -> {
                                String path = DoorKeys.HAPROXY_POOLS.path() + "." + name.value();
                                refuse(path, line, refusal);
                            }));
        });
        return all.entrySet().stream()
                .map(one ->
                        new OfPool(
                                one.getKey().value(),
                                one.getValue().stream().map(Found::value).toList()))
                .toList();
    }

    private void isThere(Found<String> name, List<String> pools) {
        if (pools.contains(name.value())) {
            return;
        }
        boolean isUnnamed = name.value().equals(Pool.UNNAMED);
        String others =
                pools.isEmpty() ? "add it below 'pools'" : "one of: " + String.join(", ", pools);
        problems.add(
                name.spot(),
                isUnnamed
                        ? "haproxy.pool: 'web' is the pool of 'servers' and 'backend'"
                        : "haproxy.pool: there is no pool " + Visible.quoted(name.value()),
                isUnnamed
                        ? "write these lines below 'haproxy.backend'"
                        : Suggestion.closest(name.value(), pools)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse(others));
    }

    private void refuse(String path, Found<String> line, OwnLineRules.Refusal refusal) {
        problems.add(
                line.spot(),
                "%s: %s".formatted(path, Visible.text(refusal.message())),
                refusal.hint());
    }
}
