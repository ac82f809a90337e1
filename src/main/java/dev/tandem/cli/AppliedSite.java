package dev.tandem.cli;

import dev.tandem.change.state.SavedState;
import dev.tandem.model.Stop;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the state of a site whose file is wrong or gone: the file can no longer be relied on to
/// name it.
final class AppliedSite {
    private static final Pattern NAME = Pattern.compile("(?m)^site:[ \\t]*[\"']?([a-z0-9-]+)");

    private AppliedSite() {}

    /// The state of the site that the file still names; without a name, the only state beside it.
    static Optional<SavedState> beside(SiteFile file) {
        Path parent = file.base().resolve(Layout.PARENT);
        Optional<String> name = name(file);
        List<SavedState> states =
                directories(parent).stream()
                        .filter(path -> name.isEmpty() || path.endsWith(name.orElseThrow()))
                        .map(path -> new SavedState(new SiteDirectory(path)))
                        .filter(SavedState::exists)
                        .toList();
        return states.size() == 1 ? Optional.of(states.getFirst()) : Optional.empty();
    }

    private static Optional<String> name(SiteFile file) {
        try {
            String text = new String(file.content(), StandardCharsets.UTF_8);
            Matcher matcher = NAME.matcher(text);
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (Stop _) {
            return Optional.empty();
        }
    }

    private static List<Path> directories(Path parent) {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException _) {
            return List.of();
        }
    }
}
