package dev.tandem.file;

import dev.tandem.file.yaml.Problems;
import dev.tandem.model.Handover;

/// What `handover` may be. By default it is on where it is possible. Asking for it where it is not
/// possible is an error: a broken promise is worse than none.
final class HandoverRule {
    static final Rule<Handover> WORD = Rule.onOrOff(Handover.ON, Handover.OFF);

    private HandoverRule() {}

    static void check(Draft draft, Problems problems) {
        int balancers = draft.balancers().size();
        draft.handover()
                .filter(handover -> handover.value() == Handover.ON)
                .filter(_ -> balancers > 0 && balancers != Handover.BALANCERS)
                .ifPresent(handover ->
                        problems.add(
                                handover.spot(),
                                "handover: on needs exactly two balancers, but here "
                                        + (balancers == 1 ? "is 1" : "are " + balancers),
                                "leave it out, or write 'handover: off'"));
    }

    /// The setting for the site; where a hand-over is not possible, the site knows
    /// (`Site.handsOver`).
    static Handover of(Draft draft) {
        return draft.handover().map(Found::value).orElse(Handover.ON);
    }
}
