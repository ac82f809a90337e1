package dev.tandem.observe;

import dev.tandem.docker.Container;
import java.util.List;

/// One of a site's machines, at one moment.
public sealed interface MachineHeard {

    /// Its engine answered.
    ///
    /// @param containers those of the site's Compose project that it has, running or not
    record Answered(List<Container> containers) implements MachineHeard {
        public Answered {
            containers = List.copyOf(containers);
        }
    }

    /// It did not answer: what is on it is unknown.
    ///
    /// @param reason the kind of reason, one word of {@link dev.tandem.docker.Unreachable.Why}
    /// @param seen what was seen, in words
    /// @param next the command to type
    record Silent(String reason, String seen, String next) implements MachineHeard {}
}
