package dev.tandem.file;

import dev.tandem.file.OwnLineRules.Part;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.OwnLines;
import java.util.List;

/// Reads the section `haproxy`: lines for haproxy.cfg.
final class OwnLinesBinder {
    private final Fields fields;
    private final Problems problems;

    private OwnLinesBinder(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    static OwnLines bind(Fields root, Problems problems) {
        OwnLinesBinder binder = new OwnLinesBinder(root.section(DoorKeys.HAPROXY), problems);
        return new OwnLines(
                binder.lines(DoorKeys.HAPROXY_GLOBAL, Part.GLOBAL),
                binder.lines(DoorKeys.HAPROXY_HTTP, Part.FRONTEND),
                binder.lines(DoorKeys.HAPROXY_HTTPS, Part.FRONTEND),
                binder.lines(DoorKeys.HAPROXY_BACKEND, Part.BACKEND));
    }

    private List<String> lines(Key key, Part part) {
        List<Found<String>> lines = fields.lines(key);
        lines.forEach(line ->
                OwnLineRules.refusal(part, line.value())
                        .ifPresent(refusal ->
                                problems.add(
                                        line.spot(),
                                        "%s: %s"
                                                .formatted(
                                                        key.path(),
                                                        Visible.text(refusal.message())),
                                        refusal.hint())));
        return lines.stream().map(Found::value).toList();
    }
}
