package dev.tandem.change;

import java.nio.file.Path;
import java.util.Optional;

/// Where a {@link Mortal} lives and dies.
interface Stage {
    /// The directory of this machine in which it works.
    Path base();

    /// What is on disk of a change that goes on, as far as it decides what a kill leaves.
    String trace();

    /// What is wrong for clients now; empty when they are served.
    Optional<String> unserved();
}
