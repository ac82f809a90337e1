package dev.tandem.doctor;

import dev.tandem.doctor.Finding.Severity;
import dev.tandem.observe.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What follows from the facts: everything that was looked at, the worst first. Pure.
///
/// Without an engine most can not be looked at. That is said once, and not for each of them.
///
/// @param site the name of the site; empty where there is no site file
/// @param findings the ill, then the risks, the unknown, the well
public record Diagnosis(Optional<String> site, List<Finding> findings) {
    public Diagnosis {
        findings = findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
    }

    /// Judges.
    public static Diagnosis of(Facts facts) {
        List<Finding> findings = new ArrayList<>(EngineFindings.of(facts.engine()));
        boolean answers = facts.engine().value().isPresent();
        if (answers) {
            findings.addAll(KernelFindings.of(facts));
        }
        findings.addAll(MachineFindings.of(facts));
        facts.site()
                .ifPresent(seen ->
                        findings.addAll(CertificateFindings.of(seen, facts.machine().now())));
        if (answers) {
            facts.site().ifPresent(seen -> findings.addAll(site(seen)));
            findings.addAll(LeftoverFindings.of(facts));
        }
        return new Diagnosis(facts.site().map(seen -> seen.site().name()), findings);
    }

    private static List<Finding> site(SiteSeen seen) {
        List<Finding> findings = new ArrayList<>(FitFindings.of(seen));
        findings.addAll(LanFindings.of(seen));
        switch (seen.snapshot()) {
            case Answer.Unknown<Snapshot>(String reason) ->
                    findings.add(Finding.unknown("balancers", reason, "tandem status"));
            case Answer.Known<Snapshot>(Snapshot snapshot) -> {
                if (SiteSeen.running(seen.site(), snapshot).isEmpty()) {
                    findings.add(
                            Finding.unknown(
                                    "balancers",
                                    "none is running: the VIP, the hand-over and DNS were not"
                                            + " checked",
                                    "tandem up, then: tandem doctor"));
                } else {
                    findings.addAll(VipFindings.of(seen, snapshot));
                    findings.addAll(BalancerFindings.of(seen));
                }
            }
        }
        return findings;
    }

    /// Those of one severity.
    public List<Finding> of(Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).toList();
    }

    /// Whether nothing is ill. A risk, or what is not known, does not make it so.
    public boolean good() {
        return of(Severity.ILL).isEmpty();
    }
}
