package dev.tandem.file.yaml;

import dev.tandem.file.yaml.YamlNode.Kind;
import dev.tandem.file.yaml.YamlNode.Mapping;
import dev.tandem.file.yaml.YamlNode.Refused;
import dev.tandem.file.yaml.YamlNode.Scalar;
import dev.tandem.file.yaml.YamlNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Turns the bytes of a file into what it stands for, in the same way for every kind of file.
///
/// @param <T> what such a file stands for
/// @param value the result; empty when there are problems
/// @param problems in the order of the file
public record Document<T>(Optional<T> value, List<Problem> problems) {
    public Document {
        problems = List.copyOf(problems);
    }

    /// Reads one file.
    ///
    /// @param binder reads the map at the top, and reports what is wrong with it
    public static <T> Document<T> read(
            FileKind kind,
            String file,
            byte[] content,
            BiFunction<Mapping, Problems, Optional<T>> binder) {
        return switch (FileText.decode(file, content)) {
            case FileText.Unreadable(Problem problem) ->
                    new Document<>(Optional.empty(), List.of(problem));
            case FileText.Clean(Source source) -> {
                Problems problems = new Problems(source, kind);
                Optional<T> value =
                        TreeReader.read(source, problems)
                                .flatMap(root -> mapping(root, problems))
                                .flatMap(root -> binder.apply(root, problems));
                yield new Document<>(value.filter(_ -> problems.isEmpty()), problems.sorted());
            }
        };
    }

    private static Optional<Mapping> mapping(YamlNode root, Problems problems) {
        switch (root) {
            case Mapping mapping -> {
                return Optional.of(mapping);
            }
            case Refused _ -> {}
            case Scalar scalar when scalar.kind() == Kind.NOTHING ->
                    TreeReader.reportEmpty(problems);
            case Scalar _, Sequence _ ->
                    problems.add(
                            root.spot(),
                            "a %s file is a map of keys, seen %s"
                                    .formatted(problems.kind().thing(), root.seen()),
                            problems.kind().begin());
        }
        return Optional.empty();
    }
}
