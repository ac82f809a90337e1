package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The free space on the disk of a path. It comes from stat(1), because Java knows the bytes but
/// not how many files still fit.
///
/// @param free bytes that the caller may still write
/// @param size size of the disk in bytes
/// @param freeFiles how many more files can be created
/// @param files how many files the disk can hold; 0 if it has no such limit
public record Room(long free, long size, long freeFiles, long files) {
    private static final Duration QUICK = Duration.ofSeconds(20);

    /// What `stat --file-system` is told.
    private static final List<String> STAT =
            List.of("stat", "--file-system", "--format=%S %a %b %d %c");

    /// Looks now.
    ///
    /// @throws Stop when there is no such path, or access to it is denied
    public static Room at(Path path, Runner runner) {
        return of(path.toString(), runner.run(Command.of(QUICK, argv(path.toString()))));
    }

    /// Looks now on the disk where an engine keeps what containers write: that of a new container's
    /// own files. When there is no room for one, it is looked at inside of one that runs.
    ///
    /// @param image any image that has stat(1)
    /// @param running containers that may run
    /// @throws Stop when there is no answer
    public static Room ofEngine(Docker docker, String image, List<String> running) {
        List<String> argv = argv("/");
        List<String> look = new ArrayList<>(List.of("--network", "none", "--cap-drop", "ALL"));
        look.addAll(List.of("--entrypoint", argv.getFirst(), image));
        look.addAll(argv.subList(1, argv.size()));
        Output output = docker.runOnce(QUICK, look);
        return Stream.concat(
                        Stream.of(output),
                        running.stream()
                                .map(one -> docker.exec(one, QUICK, argv.toArray(String[]::new))))
                .filter(Output::ok)
                .findFirst()
                .map(said -> of("/", said))
                .orElseGet(() -> of("/", output));
    }

    private static List<String> argv(String path) {
        return Stream.concat(STAT.stream(), Stream.of(path)).toList();
    }

    private static Room of(String path, Output output) {
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
