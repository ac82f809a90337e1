package dev.tandem.change.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why something differs, in the words of a plan.
///
/// @param seen the site as it is
record Causes(Seen seen) {
    /// Of a node that runs and did not answer. It may have loaded anything.
    static final String SILENT = "it did not report what it has loaded";

    /// Why these files are not as wanted.
    String ofFiles(List<String> paths) {
        if (paths.stream().anyMatch(seen.files()::changedOutside)) {
            return "changed outside";
        }
        return ofKeys().isEmpty() ? "this version of Tandem writes it differently" : ofKeys();
    }

    /// Why a node has loaded something other than what is wanted.
    ///
    /// @param differing its files that are not as wanted; none: something other than Tandem caused
    ///   the load
    String ofLoaded(List<String> differing) {
        if (!differing.isEmpty()) {
            return ofFiles(differing);
        }
        return left().orElse("changed outside");
    }

    /// Why a container is made from something different.
    String ofContainer() {
        return ofKeys().isEmpty()
                ? "its image changed, or this version of Tandem creates it differently"
                : ofKeys();
    }

    /// Why a container is attached.
    String ofLinks(List<Link> links) {
        return "it " + links.stream().map(Link::words).collect(Collectors.joining(", and it "));
    }

    /// Why something is set by hand without an order.
    String unasked() {
        return left().orElse("not requested: changed outside");
    }

    /// The change that left it: one that was interrupted, or the one that is being taken back.
    private Optional<String> left() {
        return switch (seen.origin()) {
            case Origin.Edited edited -> edited.interrupted().map(change -> "left by " + change);
            case Origin.TakenBack back -> Optional.of(back.text());
        };
    }

    private String ofKeys() {
        return seen.origin().text();
    }
}
