package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The room on the disk that a path lies on. Asked of stat(1), because Java tells the bytes but not
/// how many files still fit.
///
/// @param free bytes that whoever asks may still write
/// @param size bytes that the disk has
/// @param freeFiles files that may still be made
/// @param files files that the disk has room for; 0 where it has no such limit
public record Room(long free, long size, long freeFiles, long files) {
    private static final Duration QUICK = Duration.ofSeconds(20);

    /// Asks now.
    ///
    /// @throws Stop when there is no such path, or it may not be looked at
    public static Room at(Path path, Runner runner) {
        List<String> argv =
                List.of("stat", "--file-system", "--format=%S %a %b %d %c", path.toString());
        Output output = runner.run(Command.of(QUICK, argv));
        String[] words = output.stdout().strip().split(" ", -1);
        if (!output.ok() || words.length != 5) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the free space on the disk of " + path + " is not known",
                    output.lastLines(2),
                    "nothing was changed",
                    "df " + path);
        }
        long block = Long.parseLong(words[0]);
        return new Room(
                block * Long.parseLong(words[1]),
                block * Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]));
    }
}
