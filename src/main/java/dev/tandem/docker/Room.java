package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The free space on the disk of a path. It comes from stat(1), because Java knows the bytes but
/// not how many files still fit.
///
/// @param free bytes that the caller may still write
/// @param size size of the disk in bytes
/// @param freeFiles how many more files can be created
/// @param files how many files the disk can hold; 0 if it has no such limit
public record Room(long free, long size, long freeFiles, long files) {
    private static final Duration QUICK = Duration.ofSeconds(20);

    /// Looks now.
    ///
    /// @throws Stop when there is no such path, or access to it is denied
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
