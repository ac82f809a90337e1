package dev.tandem.cli;

import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Failures of files and directories, from wherever they come: they are the machine's, and no bug.
final class FileTrouble {
    private FileTrouble() {}

    /// What to say about a failure; empty when it is not one of these.
    static Optional<Stop> of(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            switch (cause) {
                case FileSystemException e -> {
                    return Optional.of(withPlace(e));
                }
                case IOException e -> {
                    return Optional.of(
                            stop("a file could not be read or written", text(e), "df -h . /tmp"));
                }
                case InvalidPathException e -> {
                    return Optional.of(
                            stop(
                                    "'" + e.getInput() + "' is not a path",
                                    e.getReason(),
                                    "locale    # the path needs a UTF-8 locale, such as C.UTF-8"));
                }
                default -> cause = cause.getCause();
            }
        }
        return Optional.empty();
    }

    private static Stop withPlace(FileSystemException e) {
        String file = e.getFile() == null ? "." : e.getFile();
        Path parent = Path.of(file).toAbsolutePath().normalize().getParent();
        String directory = parent == null ? "/" : parent.toString();
        return stop(
                "cannot use " + file,
                text(e),
                "ls -ld '%s' '%s'; df -h '%s'".formatted(directory, file, directory));
    }

    private static String text(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "there is no such file";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.toString();
        };
    }

    private static Stop stop(String what, String seen, String next) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                what,
                seen,
                "what was done until then stays; a second call goes on from there",
                next);
    }
}
