package dev.tandem.change.plan;

import java.util.List;
import java.util.stream.Collectors;

/// Why something differs, in the words of a plan.
///
/// @param seen the site as it is
public record Causes(Seen seen) {
    /// Why these files are not as wanted.
    String ofFiles(List<String> paths) {
        if (paths.stream().anyMatch(seen.files()::changedOutside)) {
            return "changed outside";
        }
        return ofKeys().isEmpty() ? "this Tandem writes it otherwise" : ofKeys();
    }

    /// Why a node has loaded something else than is wanted.
    ///
    /// @param differing its files that are not as wanted; none: somebody else had it loaded
    String ofLoaded(List<String> differing) {
        if (!differing.isEmpty()) {
            return ofFiles(differing);
        }
        return seen.history().interrupted().map(c -> "left by " + c).orElse("changed outside");
    }

    /// Why a container is made of something else.
    String ofContainer() {
        return ofKeys().isEmpty()
                ? "its image changed, or this Tandem makes it otherwise"
                : ofKeys();
    }

    /// Why something is set by hand that nobody asks for.
    String unasked() {
        return seen.history()
                .interrupted()
                .map(change -> "left by " + change)
                .orElse("nobody asks for it: changed outside");
    }

    private String ofKeys() {
        return new Keys(seen.history().keys()).text();
    }

    /// Keys of the site file that were changed, as far as they fit a line.
    ///
    /// @param all such as `backend.check: / → /health`
    public record Keys(List<String> all) {
        /// More keys than these would not fit.
        private static final int SHOWN = 2;

        public String text() {
            String shown = all.stream().limit(SHOWN).collect(Collectors.joining("; "));
            return all.size() > SHOWN ? shown + "; and " + (all.size() - SHOWN) + " more" : shown;
        }
    }
}
