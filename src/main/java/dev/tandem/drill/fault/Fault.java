package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.util.List;
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

    /// This fault, or the form of it, that a word names; empty when the word means another one. The
    /// name of a form must name it too: the journal keeps nothing else.
    default Optional<Fault> called(String word) {
        return word.equals(name()) ? Optional.of(this) : Optional.empty();
    }

    /// The words for it that somebody can be told who has mistyped one.
    default List<String> words() {
        return List.of(name());
    }

    /// What it does, in one line, for the list.
    String summary();

    /// What it will break here, in words that name the containers.
    @Override
    String what(Ground ground);

    /// What it should cost a site: which of the costs it meets.
    Prediction cost(Costs costs);

    /// Whether it breaks web servers, and so should never move the VIP.
    default boolean strikesWebServers() {
        return false;
    }

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
