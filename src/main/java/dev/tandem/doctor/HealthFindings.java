package dev.tandem.doctor;

import dev.tandem.health.Drift;
import dev.tandem.health.Health;
import dev.tandem.health.Lack;
import dev.tandem.model.Site;
import java.util.ArrayList;
import java.util.List;

/// Findings about what a site lacks and where it differs from its file: what `status` says, with a
/// cure for each. Pure.
final class HealthFindings {
    private static final String ABOUT = "site";

    private HealthFindings() {}

    static List<Finding> of(Answer<Health> answer) {
        return switch (answer) {
            case Answer.Unknown<Health>(String reason) ->
                    List.of(Finding.unknown(ABOUT, reason, "tandem status"));
            case Answer.Known<Health>(Health health) ->
                    health.picture().absent() ? List.of() : findings(health);
        };
    }

    private static List<Finding> findings(Health health) {
        List<Finding> findings = new ArrayList<>();
        for (Lack lack : health.lacks()) {
            if (!isFoundElsewhere(lack)) {
                findings.add(
                        Finding.ill(
                                lack.node(),
                                lack.what(),
                                "the site is not well",
                                cure(lack, health.picture().site())));
            }
        }
        for (Drift drift : health.drift()) {
            findings.add(
                    Finding.ill(
                            "drift",
                            drift.sentence(),
                            "what runs is not what the site file asks for",
                            cure(drift)));
        }
        return findings.isEmpty()
                ? List.of(Finding.well(ABOUT, "every node serves, and runs what its file asks for"))
                : findings;
    }

    /// The VIP, certificates and machines have findings of their own, with better cures.
    private static boolean isFoundElsewhere(Lack lack) {
        boolean vip =
                lack instanceof Lack.OfVip
                        && !(lack instanceof Lack.HeldAs || lack instanceof Lack.HeldElsewhere);
        boolean silent = lack instanceof Lack.MachineSilent || lack instanceof Lack.OnSilentMachine;
        return vip || silent || lack instanceof Lack.OfCertificate;
    }

    /// A server that runs elsewhere has no log here; the balancer that sees it so has.
    private static String cure(Lack lack, Site site) {
        return lack instanceof Lack.SeenDown(String node, String balancer, _)
                        && !site.services().contains(node)
                ? "tandem logs " + balancer + "; the word in brackets says how its check fails"
                : cure(lack);
    }

    private static String cure(Lack lack) {
        String logs = "tandem logs " + lack.node();
        return switch (lack) {
            case Lack.EngineSilent _ -> "docker info";
            case Lack.MachineSilent silent -> silent.next();
            case Lack.OnSilentMachine _ -> "tandem status, when its machine is back";
            case Lack.Misplaced misplaced ->
                    "on %s: docker stop %s; or name that machine in tandem.yaml"
                            .formatted(
                                    String.join(" and ", misplaced.wrong()), misplaced.container());
            case Lack.NotRunning _ -> "tandem up; why it ended: " + logs;
            case Lack.NotAsked _, Lack.Unseen _ -> "tandem status";
            case Lack.Unanswered _, Lack.HaproxyDown _, Lack.ListenerSilent _ ->
                    logs + "; when it hangs, docker restart its container";
            case Lack.InitStopped stopped -> "docker restart " + stopped.container();
            case Lack.ProgramStopped stopped -> stopped.cure();
            case Lack.ProgramGone gone -> logs + "; docker restart " + gone.container();
            case Lack.Unwell unwell -> "docker restart " + unwell.container();
            case Lack.OutOfVrrp _ -> "tandem up; then: " + logs;
            case Lack.NotOnDuty _, Lack.UnknownTo _ -> "tandem apply";
            case Lack.NoSpare _ -> "tandem ready " + lack.node();
            case Lack.SeenDown _ -> logs + "; the word in brackets says how its check fails";
            case Lack.FailsClients _ ->
                    "what it says of them: "
                            + logs
                            + "; to have it get no requests: tandem drain "
                            + lack.node();
            case Lack.OfVip _ -> "tandem logs; when nothing changes: tandem up";
            case Lack.OfCertificate _ -> "tandem up";
        };
    }

    private static String cure(Drift drift) {
        return switch (drift) {
            case Drift.OpenChange _ -> "wait, or go on with: tandem apply";
            case Drift.NotFromHere _ -> "call tandem in the directory that brought the site up";
            case Drift.OfFile _,
                    Drift.Older _,
                    Drift.LeftOver _,
                    Drift.Detached _,
                    Drift.StaysDown _ ->
                    "to see the steps: tandem plan; to take them: tandem up";
            case Drift.LoadedOther _, Drift.Unsaid _, Drift.Mute _ ->
                    "to see the steps: tandem plan; to take them: tandem apply";
        };
    }
}
