package dev.tandem.cli;

import java.util.Optional;

/// A verb that is about the site of the site file. How such a verb begins, in this order:
///
/// 1. the site file is read; one that has problems ends it here;
/// 2. a site whose state a newer Tandem wrote is refused, unless the verb does not look at it;
/// 3. what it needs beforehand is seen to;
/// 4. what a drill has left broken is healed, where the verb changes the site or judges it.
///
/// @param <A> what it was asked
abstract class SiteVerb<A> implements Verb<A> {
    private final Optional<LeftFaults> left;

    /// One that only needs to know the site.
    SiteVerb() {
        this.left = Optional.empty();
    }

    /// One that changes the site, or judges it.
    SiteVerb(LeftFaults left) {
        this.left = Optional.of(left);
    }

    @Override
    public final ExitCode run(A asked, SiteFile file) {
        GivenSite site = needsState(asked) ? GivenSite.withState(file) : GivenSite.of(file);
        Optional<ExitCode> ended = beforehand(asked);
        if (ended.isPresent()) {
            return ended.get();
        }
        left.ifPresent(faults -> faults.heal(site.place()));
        return run(asked, site);
    }

    /// Whether it reads or changes what lies in the site's directory.
    boolean needsState(A asked) {
        return true;
    }

    /// Sees to what it needs before the site is touched; an exit code when it cannot be had.
    Optional<ExitCode> beforehand(A asked) {
        return Optional.empty();
    }

    /// Does it.
    abstract ExitCode run(A asked, GivenSite site);
}
