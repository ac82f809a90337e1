package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The first page exists in two languages, and both are the same walk: whoever follows either types
/// the same commands in the same order, and has the same files.
class TwoLanguagesTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");
    private static final Pattern LEVEL = Pattern.compile("(?m)^(#+) ");

    private final String english = read("start.md");
    private final String vietnamese = read("start.vi.md");

    @Test
    void bothHaveTheSameCommandsAndFiles() {
        assertThat(all(BLOCK, english, 0)).hasSizeGreaterThan(10);
        assertThat(all(BLOCK, vietnamese, 0)).isEqualTo(all(BLOCK, english, 0));
    }

    @Test
    void bothHaveTheSameChaptersAndLinks() {
        assertThat(all(LEVEL, vietnamese, 1)).isEqualTo(all(LEVEL, english, 1));
        assertThat(all(LINK, vietnamese, 1)).containsAll(all(LINK, english, 1));
    }

    /// Word order differs, so the order of the names does; none is missing.
    @Test
    void bothNameTheSameKeysFilesAndCommands() {
        assertThat(all(CODE, vietnamese, 1)).containsAll(all(CODE, english, 1));
    }

    private static List<String> all(Pattern what, String page, int group) {
        return what.matcher(page).results().map(found -> found.group(group)).toList();
    }

    private static String read(String page) {
        try {
            return Files.readString(Path.of(System.getProperty("tandem.home", "."), "docs", page));
        } catch (IOException unread) {
            throw new IllegalStateException(unread);
        }
    }
}
