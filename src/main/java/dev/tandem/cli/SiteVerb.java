package dev.tandem.cli;

import java.util.Optional;

/// A verb that concerns the site of the site file. Such a verb begins in this order:
///
/// 1. the site file is read; if it has problems, the verb ends here, or goes by what was applied
///    last;
/// 2. a site whose state was written by a newer Tandem is refused, unless the verb does not use
///    that state;
/// 3. the verb's own prerequisites are met;
/// 4. whatever a drill has left broken is healed, if the verb changes or judges the site.
///
/// @param <A> the options of the verb
abstract class SiteVerb<A> implements Verb<A> {
    private final Optional<LeftFaults> left;

    /// A verb that only needs to know the site.
    SiteVerb() {
        this.left = Optional.empty();
    }

    /// A verb that changes or judges the site.
    SiteVerb(LeftFaults left) {
        this.left = Optional.of(left);
    }

    @Override
    public final ExitCode run(A asked, SiteFile file) {
        GivenSite site;
        try {
            site = given(asked, file);
        } catch (WrongSite e) {
            return wrong(asked, file, e);
        }
        Optional<ExitCode> ended = beforehand(asked, site);
        if (ended.isPresent()) {
            return ended.get();
        }
        if (Owner.me().other(file.base()).isEmpty()) {
            left.ifPresent(faults -> faults.heal(site.place()));
        }
        return run(asked, site);
    }

    private GivenSite given(A asked, SiteFile file) {
        if (isForEverybody() && Owner.me().other(file.base()).isPresent()) {
            return GivenSite.of(file);
        }
        if (inIncidents().isPresent()) {
            return GivenSite.orApplied(file, inIncidents().get());
        }
        return needsState(asked) ? GivenSite.withState(file) : GivenSite.of(file);
    }

    /// The console of a verb that is needed in an incident: when the site file is wrong or gone, it
    /// says so there and goes by what was applied last. Empty for a verb that needs the file.
    Optional<Console> inIncidents() {
        return Optional.empty();
    }

    /// Whether users who may not read the state can use it: for them it asks the engine alone.
    boolean isForEverybody() {
        return false;
    }

    /// Whether it reads or changes the state in the site's directory.
    boolean needsState(A asked) {
        return true;
    }

    /// The site file has problems, and the verb ends here. Usually they are told as text.
    ExitCode wrong(A asked, SiteFile file, WrongSite problems) {
        throw problems;
    }

    /// Meets the verb's prerequisites before the site is touched; an exit code when that fails.
    Optional<ExitCode> beforehand(A asked, GivenSite site) {
        return Optional.empty();
    }

    /// Runs the verb.
    abstract ExitCode run(A asked, GivenSite site);
}
