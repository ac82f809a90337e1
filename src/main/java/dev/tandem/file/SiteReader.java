package dev.tandem.file;

import dev.tandem.file.Node.Kind;
import dev.tandem.file.Node.Mapping;
import dev.tandem.file.Node.Refused;
import dev.tandem.file.Node.Scalar;
import dev.tandem.file.Node.Sequence;
import dev.tandem.model.Site;
import java.util.List;
import java.util.Optional;

/// Reads a site file: the way into this package.
///
/// Every input has an answer: {@link Reading.Good} with the complete site, or {@link Reading.Bad}
/// with all problems. There is no third, no exception among them.
public final class SiteReader {
    private SiteReader() {}

    /// Reads one file.
    ///
    /// @param file the name to show in problems, as the user gave it
    /// @param content the bytes of the file
    /// @param surroundings the files and directories that it refers to
    public static Reading read(String file, byte[] content, Surroundings surroundings) {
        return switch (Text.decode(file, content)) {
            case Text.Unreadable(Problem problem) -> new Reading.Bad(List.of(problem));
            case Text.Clean(Source source) -> read(source, surroundings);
        };
    }

    private static Reading read(Source source, Surroundings surroundings) {
        Problems problems = new Problems(source);
        Optional<Site> site =
                TreeReader.read(source, problems)
                        .flatMap(root -> mapping(root, problems))
                        .flatMap(root -> SiteBinder.bind(root, problems, surroundings));
        return site.isPresent() && problems.isEmpty()
                ? new Reading.Good(site.get())
                : new Reading.Bad(problems.sorted());
    }

    private static Optional<Mapping> mapping(Node root, Problems problems) {
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
                            "a site file is a map of keys, seen " + root.seen(),
                            "begin with 'vip:' on a line of its own");
        }
        return Optional.empty();
    }
}
