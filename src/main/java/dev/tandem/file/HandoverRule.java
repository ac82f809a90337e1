package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Handover;

/// What `handover` may be. By default it is on where it is possible. Asking for it where it is not
/// possible is an error: a broken promise is worse than none.
final class HandoverRule {
    private HandoverRule() {}

    static Verdict<Handover> word(String text) {
        return switch (text) {
            case "on" -> new Fits<>(Handover.ON);
            case "off" -> new Fits<>(Handover.OFF);
            default -> new Unfit<>(Visible.quoted(text) + " is neither on nor off", "on, or off");
        };
    }

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
