package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a run of the tests made is gone when `./check` ends, and nothing else is.
@Tag("containers")
class SweepTest {
    /// Ids that no other run has.
    private static final String SWEPT = TestSite.CHECK + "s";

    private static final String OTHER = TestSite.CHECK + "o";

    @Test
    void theDirectoriesAndContainersOfARunGoAndThoseOfAnotherOneStay() throws IOException {
        Path swept = directory(SWEPT);
        Path other = directory(OTHER);
        String container =
                Shell.type(
                        "docker create --network none --label dev.tandem.check="
                                + SWEPT
                                + " tandem/base:trixie true");
        try {
            Shell.answer("setup/sweep", SWEPT);

            assertThat(swept).doesNotExist();
            assertThat(other.resolve("tandem.yaml")).exists();
            assertThat(Shell.run(Shell.HOME, "docker", "inspect", container).ok()).isFalse();
        } finally {
            Shell.answer("setup/sweep", OTHER);
        }
    }

    /// As a test site has one, with a file in it.
    private static Path directory(String run) throws IOException {
        Path directory = Files.createTempDirectory("tandem-check-" + run + "-");
        Files.writeString(directory.resolve("tandem.yaml"), "site: x\n");
        return directory;
    }
}
