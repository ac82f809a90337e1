package dev.tandem.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A frontend, backend or listen section together with the defaults that hold for it.
///
/// @param section the section itself
/// @param defaults the lines of its `defaults` section
record Proxy(Section section, List<Line> defaults) {
    Proxy {
        defaults = List.copyOf(defaults);
    }

    /// All of a file. A section has the defaults that it names (`from`), or else the last ones
    /// before it.
    static List<Proxy> all(Cfg cfg) {
        List<Proxy> all = new ArrayList<>();
        List<Line> last = List.of();
        for (Section section : cfg.sections()) {
            if (section.kind() == Section.Kind.DEFAULTS) {
                last = Stream.concat(named(cfg, section).stream(), section.lines().stream())
                        .toList();
            } else if (section.isProxy()) {
                boolean names = section.header().word(2).equals("from");
                all.add(new Proxy(section, names ? named(cfg, section) : last));
            }
        }
        return all;
    }

    /// The lines of the defaults that a section names; none without a name, or when they are not
    /// there. One step, as far as anybody goes.
    private static List<Line> named(Cfg cfg, Section section) {
        int from = section.header().words().indexOf("from");
        String name = from < 0 ? "" : section.header().word(from + 1);
        return cfg.all(Section.Kind.DEFAULTS).stream()
                .filter(one -> !name.isEmpty() && one.name().equals(name) && one != section)
                .findFirst()
                .map(Section::lines)
                .orElse(List.of());
    }

    String name() {
        return section.name();
    }

    Line header() {
        return section.header();
    }

    /// Its own lines that begin with these words.
    List<Line> own(String... first) {
        return section.all(first);
    }

    /// The line that counts of a directive that is given once: its own, or else that of the
    /// defaults; of several the last.
    Optional<Line> setting(String... first) {
        List<Line> own = own(first);
        return own.isEmpty()
                ? defaults.stream().filter(line -> line.begins(first)).reduce((_, last) -> last)
                : Optional.of(own.getLast());
    }

    /// Those of the defaults, then its own.
    List<Line> every(String... first) {
        return Stream.concat(
                        defaults.stream().filter(line -> line.begins(first)), own(first).stream())
                .toList();
    }

    /// Whether it says that it speaks one protocol; empty when it says nothing, which is `tcp`.
    Optional<String> mode() {
        return setting("mode").map(line -> line.word(1));
    }
}
