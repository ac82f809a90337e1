package dev.tandem.file;

import dev.tandem.file.yaml.FileKind;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Shape;
import dev.tandem.file.yaml.Visible;
import dev.tandem.file.yaml.YamlNode;
import dev.tandem.file.yaml.YamlNode.Mapping;
import dev.tandem.model.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Finds keys that are not in the table.
///
/// They are errors, because a key that is silently ignored is a setting that the user believes in.
final class UnknownKeys {
    private UnknownKeys() {}

    /// @param parent the path of the map in the table of keys
    /// @param path the path of the map in this file, for the message
    static void report(Mapping mapping, String parent, String path, Problems problems) {
        List<String> known = problems.kind().below(parent).stream().map(Key::name).toList();
        if (known.stream().anyMatch(name -> name.startsWith("<"))) {
            return;
        }
        String where = path.isEmpty() ? "at the top" : "in " + path;
        mapping.entries().stream()
                .map(YamlNode.Entry::key)
                .filter(key -> !known.contains(key.text()))
                .forEach(key ->
                        problems.add(
                                key.spot(),
                                "unknown key " + Visible.quoted(key.text()) + " " + where,
                                hint(key.text(), known, problems.kind())));
    }

    /// Whether one of the words in a map is probably a misspelling of this key.
    static boolean isMisspelled(Key key, Collection<String> words, FileKind kind) {
        List<String> known = kind.below(key.parent()).stream().map(Key::name).toList();
        return words.stream()
                .filter(word -> !known.contains(word))
                .flatMap(word -> Suggestion.closest(word, known).stream())
                .anyMatch(key.name()::equals);
    }

    private static String hint(String word, List<String> known, FileKind kind) {
        Optional<String> near = Suggestion.closest(word, known);
        if (near.isPresent()) {
            return "did you mean '" + near.get() + "'?";
        }
        return kind.keys().stream()
                .filter(key -> key.name().equals(word) && !key.parent().isEmpty())
                .filter(key -> !(key.shape() instanceof Shape.Named))
                .findFirst()
                .map(key -> "'" + word + "' belongs below '" + key.parent() + "'")
                .orElse("known here: " + String.join(", ", known));
    }
}
