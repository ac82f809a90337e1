package dev.tandem.docker;

import java.util.Optional;

/// A machine that is reached by ssh.
///
/// @param name what it is called in what Tandem says
/// @param ssh where it is, as `ssh` takes it: `root@192.168.0.11`, `ssh://root@m1:2222`, or a name
///   in the user's configuration
public record Remote(String name, String ssh) {
    private static final String SCHEME = "ssh://";

    /// The one of an engine's address; empty when that is not one by ssh.
    static Optional<Remote> of(String address) {
        return address.startsWith(SCHEME) && address.length() > SCHEME.length()
                ? Optional.of(new Remote(address.substring(SCHEME.length()), address))
                : Optional.empty();
    }
}
