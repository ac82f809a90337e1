package dev.tandem.prepare;

import dev.tandem.model.Role;
import dev.tandem.render.Notes;
import dev.tandem.render.Setting;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which images a site runs, kept in its directory: images that are rebuilt for one site are none
/// of another one's business, and a state that is taken back takes its images back with it.
final class ImageNote {
    private ImageNote() {}

    static void write(SiteDirectory directory, Setting.Images images) {
        directory.note(
                Notes.IMAGES,
                "%s %s\n%s %s\n"
                        .formatted(
                                Role.BALANCER.word(),
                                images.balancer(),
                                Role.WEB.word(),
                                images.web()));
    }

    /// The image of a role; empty when none was noted: Tandem 0.1.0 did not.
    static Optional<String> read(SiteDirectory directory, Role role) {
        return Optional.ofNullable(read(directory).get(role.word()));
    }

    /// All of them, by role.
    static Map<String, String> read(SiteDirectory directory) {
        Map<String, String> images = new TreeMap<>();
        directory
                .read(Notes.IMAGES)
                .lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> images.put(words[0], words[1]));
        return images;
    }
}
