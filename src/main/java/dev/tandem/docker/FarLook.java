package dev.tandem.docker;

import java.util.Optional;

/// What a machine has for who ends its engine, or the machine itself, through an ssh.
///
/// @param user who ssh comes as
/// @param root whether that is root
/// @param starts whether there is a way to start its engine
/// @param reboots whether there is a `reboot`
/// @param runs whether a dockerd runs where the engine's file says
record FarLook(String user, boolean root, boolean starts, boolean reboots, boolean runs) {
    /// Prints it, on one line.
    static final String SCRIPT =
            "s=no; { [ -d /run/systemd/system ] || [ -x /etc/init.d/docker ]; } && s=yes;"
                    + " r=no; command -v reboot >/dev/null && r=yes;"
                    + " p=no; [ -e /proc/$(cat /var/run/docker.pid) ] && p=yes;"
                    + " echo tandem $(id -un) $(id -u) $s $r $p";

    private static final int WORDS = 6;

    /// Empty when it is not such a line.
    static Optional<FarLook> of(String line) {
        String[] words = line.strip().split(" ", -1);
        return words.length == WORDS && words[0].equals("tandem")
                ? Optional.of(
                        new FarLook(
                                words[1],
                                words[2].equals("0"),
                                words[3].equals("yes"),
                                words[4].equals("yes"),
                                words[5].equals("yes")))
                : Optional.empty();
    }

    /// Why its engine cannot be ended; empty when it can.
    ///
    /// @param machine its name
    Optional<String> notToEnd(String machine) {
        if (!root) {
            return Optional.of(notRoot(machine));
        }
        if (!runs) {
            return Optional.of("no dockerd of /var/run/docker.pid runs on " + machine);
        }
        return starts
                ? Optional.empty()
                : Optional.of(
                        "neither systemd nor /etc/init.d/docker is on %s: how to start its engine"
                                        .formatted(machine)
                                + " again is not known");
    }

    /// Why it cannot be rebooted; empty when it can.
    ///
    /// @param machine its name
    Optional<String> notToReboot(String machine) {
        if (!root) {
            return Optional.of(notRoot(machine));
        }
        return reboots ? Optional.empty() : Optional.of("there is no `reboot` on " + machine);
    }

    private String notRoot(String machine) {
        return "%s is reached as %s, who is not root there; machines.%s: {ssh: root@...} would do"
                .formatted(machine, user, machine);
    }
}
