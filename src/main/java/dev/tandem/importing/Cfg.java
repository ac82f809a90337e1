package dev.tandem.importing;

import dev.tandem.importing.Section.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A haproxy.cfg, as read.
///
/// @param sections in their order
/// @param loose lines before the first section
/// @param conditional lines between `.if` and `.endif`, these included: what they mean depends on
///   the machine and the version that reads them
record Cfg(List<Section> sections, List<Line> loose, List<Line> conditional) {
    Cfg {
        sections = List.copyOf(sections);
        loose = List.copyOf(loose);
        conditional = List.copyOf(conditional);
    }

    /// A section that is being read.
    private record Open(Kind kind, Line header, List<Line> lines) {}

    static Cfg read(List<Line> lines) {
        List<Section> sections = new ArrayList<>();
        List<Line> loose = new ArrayList<>();
        List<Line> conditional = new ArrayList<>();
        Optional<Open> open = Optional.empty();
        int depth = 0;
        for (Line line : lines) {
            if (line.words().isEmpty()) {
                continue;
            }
            if (line.word(0).startsWith(".")) {
                depth += line.begins(".if") ? 1 : line.begins(".endif") ? -1 : 0;
                conditional.add(line);
            } else if (depth > 0) {
                conditional.add(line);
            } else if (kind(line).isPresent()) {
                open.map(Cfg::closed).ifPresent(sections::add);
                open = kind(line).map(kind -> new Open(kind, line, new ArrayList<>()));
            } else {
                open.map(Open::lines).orElse(loose).add(line);
            }
        }
        open.map(Cfg::closed).ifPresent(sections::add);
        return new Cfg(sections, loose, conditional);
    }

    private static Section closed(Open open) {
        return new Section(open.kind, open.header, open.lines);
    }

    private static Optional<Kind> kind(Line line) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equals(line.word(0)))
                .findFirst();
    }

    /// Those of a kind.
    List<Section> all(Kind kind) {
        return sections.stream().filter(one -> one.kind() == kind).toList();
    }
}
