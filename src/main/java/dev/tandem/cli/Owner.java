package dev.tandem.cli;

import dev.tandem.model.Stop;
import dev.tandem.render.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Who a site belongs to: whoever brought it up. Only its owner and root change it, and only they
/// read its state: private keys are part of it. Access to the engine gives no right to it (decision
/// 0028).
///
/// @param uid the number of a user
record Owner(int uid) {
    private static final int ROOT = 0;

    /// The user who runs this Tandem.
    static Owner me() {
        try {
            return new Owner((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException _) {
            return new Owner(ROOT); // then the system itself decides
        }
    }

    /// The name of the other user who owns what was brought up from a directory; empty when this
    /// user may change it, or when nothing was.
    Optional<String> other(Path base) {
        Path state = base.resolve(Layout.PARENT);
        try {
            int owner = (Integer) Files.getAttribute(state, "unix:uid");
            return uid == ROOT || uid == owner
                    ? Optional.empty()
                    : Optional.of(Files.getOwner(state).getName());
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.empty();
        }
    }

    /// Refuses a site of another user.
    ///
    /// @throws Stop with the command to type
    void require(Path base) {
        other(base)
                .ifPresent(name -> {
                    throw new Stop(
                            Stop.Kind.REFUSED,
                            "this site belongs to "
                                    + name
                                    + ": only "
                                    + allowed(name)
                                    + " can do this",
                            base.resolve(Layout.PARENT) + " belongs to " + name,
                            "nothing was changed",
                            "the same command as "
                                    + name
                                    + "; tandem status and tandem logs work"
                                    + " for every user of the engine");
                });
    }

    private static String allowed(String name) {
        return name.equals("root") ? name : name + " and root";
    }
}
