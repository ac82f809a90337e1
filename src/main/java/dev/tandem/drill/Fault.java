package dev.tandem.drill;

import java.util.Optional;

/// A way to break something, and to make it whole again: both in one file, so that who changes one
/// sees the other. How to add one: docs/drills/faults.md.
///
/// A fault keeps nothing in memory. Heal must work in another process than inject, years later,
/// from the {@link Ground} alone: it looks at what is there, not at what inject remembers.
public non-sealed interface Fault extends Deed {
    /// The word for it on the command line: `web-kill`.
    @Override
    String name();

    /// What it does, in one line, for the list.
    String summary();

    /// What it will break here, in words that name the containers.
    @Override
    String what(Ground ground);

    /// Why it cannot be done here; empty when it can. Looks, and changes nothing.
    default Optional<String> obstacle(Ground ground) {
        return Optional.empty();
    }

    /// Breaks it. When it returns, it is broken.
    void inject(Ground ground);

    /// Makes it whole: also when inject was cut short, when nothing is broken, and a second time.
    void heal(Ground ground);

    /// What is not whole yet, by looking; empty when all is. That traffic flows again is for others
    /// to find out: this is about what inject did.
    Optional<String> unhealed(Ground ground);
}
