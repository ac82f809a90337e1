package dev.tandem.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Tells a key that is not accepted from one that could not be used: ssh says the same of both.
final class SshKeys {
    private static final Duration QUICK = Duration.ofSeconds(2);

    private SshKeys() {}

    /// Whether all keys that ssh would show to this machine have a passphrase, and no agent has
    /// any.
    ///
    /// @param ssh the program and what it is always told
    static boolean allLocked(Remote machine, List<String> ssh) {
        Processes local = new Processes();
        List<String> argv = new ArrayList<>(ssh);
        argv.addAll(List.of("-G", "--", machine.ssh()));
        List<Path> keys =
                local.run(Command.of(QUICK, argv)).lines().stream()
                        .filter(line -> line.startsWith("identityfile "))
                        .map(line -> line.substring("identityfile ".length()))
                        .map(SshKeys::path)
                        .filter(Files::isReadable)
                        .toList();
        return !keys.isEmpty()
                && keys.stream().allMatch(key -> isLocked(key, local))
                && !local.run(Command.of(QUICK, List.of("ssh-add", "-l"))).ok();
    }

    private static Path path(String name) {
        return name.startsWith("~/")
                ? Path.of(System.getProperty("user.home"), name.substring(2))
                : Path.of(name);
    }

    private static boolean isLocked(Path key, Processes local) {
        Output output =
                local.run(
                        Command.of(
                                QUICK,
                                List.of("ssh-keygen", "-y", "-P", "", "-f", key.toString())));
        return output.stderr().contains("passphrase");
    }
}
