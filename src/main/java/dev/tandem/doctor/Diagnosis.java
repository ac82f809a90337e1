package dev.tandem.doctor;

import dev.tandem.doctor.Finding.Severity;
import dev.tandem.health.Health;
import dev.tandem.observe.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The conclusions from the facts: everything that was examined, the worst first. Pure.
///
/// Without an engine most things cannot be examined. That is said once, not for each of them.
///
/// @param site the name of the site; empty if there is no site file
/// @param machines those that it stands on; none: the one that was asked
/// @param findings first what is ill, then risks, then unknowns, then what is well
public record Diagnosis(Optional<String> site, List<String> machines, List<Finding> findings) {
    public Diagnosis {
        machines = List.copyOf(machines);
        findings = findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
    }

    /// Judges the facts, and adds the judgement of the site's health.
    ///
    /// @param health what the site lacks; empty if there is no site file, or no engine answers
    public static Diagnosis of(Facts facts, Optional<Answer<Health>> health) {
        Diagnosis one = of(facts);
        List<Finding> findings = new ArrayList<>(one.findings());
        health.map(HealthFindings::of).ifPresent(findings::addAll);
        return new Diagnosis(one.site(), List.of(), findings);
    }

    /// Judges the facts about a site over machines, in the same way.
    public static Diagnosis of(MachinesFacts facts, Optional<Answer<Health>> health) {
        List<Finding> findings = new ArrayList<>(MachinesFindings.of(facts));
        health.map(HealthFindings::of).ifPresent(findings::addAll);
        String site = facts.site().site().name();
        return new Diagnosis(Optional.of(site), facts.names(), findings);
    }

    /// Judges the facts.
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
            facts.site()
                    .ifPresent(
                            seen -> findings.addAll(ImageFindings.of(seen, facts.machine().now())));
            findings.addAll(LogFindings.of(facts.endlessLogs()));
            findings.addAll(LeftoverFindings.of(facts));
        }
        return new Diagnosis(facts.site().map(seen -> seen.site().name()), List.of(), findings);
    }

    static List<Finding> site(SiteSeen seen) {
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
                                    (snapshot.placement().silent().isEmpty()
                                                    ? "none is running"
                                                    : "none is seen to run")
                                            + ": the VIP, the hand-over and DNS were not checked",
                                    "tandem up, then: tandem doctor"));
                } else {
                    findings.addAll(VipFindings.of(seen, snapshot));
                    findings.addAll(NodeDiskFindings.of(seen, snapshot));
                    findings.addAll(BalancerFindings.of(seen));
                }
            }
        }
        return findings;
    }

    /// The findings of one severity.
    public List<Finding> of(Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).toList();
    }

    /// Whether nothing is ill. Risks and unknowns do not count.
    public boolean good() {
        return of(Severity.ILL).isEmpty();
    }
}
