package dev.tandem.docker.fake;

import java.nio.file.Path;

/// The machine of a {@link FakeEngine} that is not this one.
///
/// @param address its own on the LAN, with the prefix of the LAN, on its interface `ens33`
/// @param root the directory that stands for its disk
public record FakeMachine(String address, Path root) {
    /// What a shell in the network of the host finds out.
    String words() {
        return "link lo - - 772\nlink ens33 - - 1\naddress lo 127.0.0.1/8\naddress ens33 "
                + address
                + "\n";
    }
}
