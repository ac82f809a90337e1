package dev.tandem.file;

import dev.tandem.file.yaml.Problem;
import dev.tandem.model.Site;
import java.util.List;
import java.util.stream.Collectors;

/// The result of reading a site file.
///
/// There is nothing in between: a file with a problem gives no site, so half a site cannot be used
/// by mistake.
public sealed interface Reading {

    /// The file is correct, and this is its site.
    record Good(Site site) implements Reading {}

    /// The file must be changed first.
    ///
    /// @param problems at least one, in the order of the file
    record Bad(List<Problem> problems) implements Reading, PairReading {
        public Bad {
            problems = List.copyOf(problems);
        }

        /// All problems as text for a terminal or a log, each followed by a line break.
        public String render() {
            return problems.stream()
                    .map(problem -> problem.render() + "\n")
                    .collect(Collectors.joining());
        }
    }
}
