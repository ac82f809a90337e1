package dev.tandem.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether an ssh goes through a connection that another one has open (`ControlPath`). It does not
/// say so. But then it has neither a socket of its own to the machine, nor one that listens here:
/// only the one to whoever has the connection.
final class SharedLine {
    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

    /// A line of /proc/net/unix with the inode of a socket that is bound to no name.
    private static final Pattern UNBOUND = Pattern.compile("(?:\\S+ +){6}(\\d+) *");

    private SharedLine() {}

    /// Of a process that runs; false when it cannot be seen.
    static boolean uses(long process) {
        Path there = Path.of("/proc", String.valueOf(process));
        try (Stream<Path> open = Files.list(there.resolve("fd"))) {
            List<String> files = open.map(SharedLine::target).toList();
            return uses(files, Files.readAllLines(there.resolve("net/unix")));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /// The same. Pure.
    ///
    /// @param files what it has open, as /proc/PID/fd has it
    /// @param unix /proc/PID/net/unix
    static boolean uses(List<String> files, List<String> unix) {
        Set<String> free =
                unix.stream()
                        .map(UNBOUND::matcher)
                        .filter(Matcher::matches)
                        .map(one -> one.group(1))
                        .collect(Collectors.toSet());
        List<String> sockets =
                files.stream()
                        .map(SOCKET::matcher)
                        .filter(Matcher::matches)
                        .map(one -> one.group(1))
                        .toList();
        return !sockets.isEmpty() && free.containsAll(sockets);
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
