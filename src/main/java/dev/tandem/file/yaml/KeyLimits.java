package dev.tandem.file.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a key's shape does not say: limits that no pattern can express, and how the key depends on
/// the other keys of its map.
///
/// @param words each limit in words
/// @param needs the names of keys that it requires
/// @param excludes the names of keys that it must not be combined with
public record KeyLimits(List<String> words, List<String> needs, List<String> excludes) {
    /// The shape says it all.
    public static final KeyLimits NONE = new KeyLimits(List.of(), List.of(), List.of());

    public KeyLimits {
        words = List.copyOf(words);
        needs = List.copyOf(needs);
        excludes = List.copyOf(excludes);
    }

    /// These limits, in words.
    public static KeyLimits of(String... words) {
        return new KeyLimits(List.of(words), List.of(), List.of());
    }

    /// These limits, and only together with the key of this name.
    public KeyLimits together(String name) {
        return new KeyLimits(words, with(needs, name), excludes);
    }

    /// These limits, and not together with the key of this name.
    public KeyLimits apart(String name) {
        return new KeyLimits(words, needs, with(excludes, name));
    }

    private static List<String> with(List<String> names, String name) {
        List<String> more = new ArrayList<>(names);
        more.add(name);
        return more;
    }

    /// All of them in one line; empty if there is none.
    public String text() {
        Stream<String> others =
                Stream.concat(
                        needs.stream().map(name -> "only together with `" + name + "`"),
                        excludes.stream().map(name -> "not with `" + name + "`"));
        return String.join("; ", Stream.concat(words.stream(), others).toList());
    }
}
