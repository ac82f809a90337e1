package dev.tandem.drill.judge;

import java.time.Duration;

/// How long it took until all was well again.
public sealed interface Recovery {

    /// No request planned before the heal was lost.
    record NothingLost() implements Recovery {}

    /// From the moment the fault struck to the first good answer after the last lost request.
    record After(Duration time) implements Recovery {}

    /// No good answer came after the last lost request.
    record NotSeen() implements Recovery {}

    /// It is not known when the fault was injected.
    record Unknown() implements Recovery {}
}
