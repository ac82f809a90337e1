package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Prediction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A way to break something and to make it whole again: both in one file, so that a change to one
/// is made in sight of the other. How to add one: docs/drills/faults.md.
///
/// A fault keeps nothing in memory. Heal must work in another process than inject, years later,
/// from the {@link Ground} alone: it inspects the current state and does not rely on what inject
/// did.
public non-sealed interface Fault extends Deed {
    /// Its name on the command line: `web-kill`.
    @Override
    String name();

    /// This fault, or the form of it, that a word names; empty if the word names another. The name
    /// of a form must name it too: the journal keeps nothing else.
    default Optional<Fault> called(String word) {
        return word.equals(name()) ? Optional.of(this) : Optional.empty();
    }

    /// The names to suggest after a typing error.
    default List<String> words() {
        return List.of(name());
    }

    /// What it does, on one line, for the list.
    String summary();

    /// What it will break here, naming the containers.
    @Override
    String what(Ground ground);

    /// What it should cost a site: which of the costs apply.
    Prediction cost(Costs costs);

    /// Whether it breaks web servers, and so should never move the VIP.
    default boolean strikesWebServers() {
        return false;
    }

    /// Whether what is open for long matters most: then WebSockets and streams of events are opened
    /// beside the other requests, where there are any.
    default boolean concernsStreams() {
        return false;
    }

    /// The name of the machine that it strikes as a whole, or whose engine; empty if it strikes
    /// containers alone, or if there is no such machine.
    default Optional<String> machine(Ground ground) {
        return Optional.empty();
    }

    /// Why it is impossible here; empty if it is possible. Looks, and changes nothing.
    default Optional<String> obstacle(Ground ground) {
        return Optional.empty();
    }

    /// Breaks it. On return, it is broken.
    void inject(Ground ground);

    /// Makes it whole: even if inject was cut short, if nothing is broken, and when called twice.
    void heal(Ground ground);

    /// How long it may take until it is whole again, where that is longer than usual.
    default Duration longest() {
        return Duration.ZERO;
    }

    /// What is not whole yet, by inspection; empty if all is. Whether traffic flows again is
    /// checked elsewhere: this is about what inject did.
    Optional<String> unhealed(Ground ground);
}
