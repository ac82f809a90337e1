package dev.tandem.docker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs scripts on a machine that is reached by ssh, as the user of the site file. As a {@link
/// Tunnel} it asks nobody anything and accepts no host key.
///
/// @param machine the machine
/// @param local runs programs on this one
record FarShell(Remote machine, Runner local) {
    /// Runs a script to its end.
    ///
    /// @param script for `sh`, without single quotes: the user's own shell may be another one
    Output run(Duration limit, String script) {
        return local.run(Command.of(limit, argv(Tunnel.SSH, script)).with("LC_ALL", "C"));
    }

    /// The words for that.
    ///
    /// @param ssh the program and what it is always told
    List<String> argv(List<String> ssh, String script) {
        if (script.contains("'")) {
            throw new IllegalArgumentException("a single quote in: " + script);
        }
        List<String> argv = new ArrayList<>(ssh);
        Tunnel.OPTIONS.forEach(option -> argv.addAll(List.of("-o", option)));
        argv.addAll(List.of("--", machine.ssh(), "exec sh -c '" + script + "'"));
        return argv;
    }
}
