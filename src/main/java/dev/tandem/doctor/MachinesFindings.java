package dev.tandem.doctor;

import dev.tandem.docker.ClockSeen;
import dev.tandem.docker.EngineInfo;
import dev.tandem.docker.Unreachable;
import dev.tandem.docker.Where;
import dev.tandem.doctor.MachineFacts.Answered;
import dev.tandem.doctor.MachineSeen.Disk;
import dev.tandem.doctor.MachineSeen.Need;
import dev.tandem.model.Lan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Findings about a site over machines: of each machine what is found of a single one, of the site
/// as a whole, and of what lies between the machines. Pure.
final class MachinesFindings {
    private final MachinesFacts facts;

    private MachinesFindings(MachinesFacts facts) {
        this.facts = facts;
    }

    static List<Finding> of(MachinesFacts facts) {
        return new MachinesFindings(facts).findings();
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(here());
        facts.machines()
                .forEach((name, one) ->
                        machine(name, one).forEach(finding -> findings.add(finding.on(name))));
        SiteSeen seen = facts.site();
        findings.addAll(CertificateFindings.of(seen, facts.here().now()));
        if (facts.isAnyThere()) {
            findings.addAll(ClockFindings.of(facts));
            findings.addAll(SameImageFindings.of(facts));
            findings.addAll(WayFindings.of(facts));
            findings.addAll(AdvertFindings.of(facts));
            findings.addAll(Diagnosis.site(seen));
            findings.addAll(ImageFindings.of(seen, facts.here().now()));
        }
        return findings;
    }

    private List<Finding> here() {
        List<Finding> findings = new ArrayList<>();
        findings.add(EngineFindings.compose(facts.compose()));
        facts.here().disks().forEach(disk -> findings.addAll(MachineFindings.disk(disk)));
        MachineFindings.setBack(facts.here()).ifPresent(findings::add);
        return findings;
    }

    private List<Finding> machine(String name, MachineFacts machine) {
        return switch (machine) {
            case MachineFacts.Silent(Unreachable why) ->
                    List.of(
                            Finding.ill(
                                    "silent",
                                    why.seen(),
                                    "whether %s serve is unknown, and nothing can be changed there"
                                            .formatted(String.join(" and ", nodes(name))),
                                    why.next()));
            case Answered one -> answered(one);
        };
    }

    private List<String> nodes(String machine) {
        return facts.site().site().places().entrySet().stream()
                .filter(one -> one.getValue().equals(machine))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The sections of a single machine, asked of this one.
    private List<Finding> answered(Answered machine) {
        List<Finding> findings = new ArrayList<>(EngineFindings.onMachine(machine.info()));
        Facts alone = alone(machine);
        findings.addAll(KernelFindings.of(alone));
        findings.addAll(MachineFindings.of(alone));
        findings.addAll(LogFindings.of(alone.endlessLogs()));
        return findings;
    }

    private Facts alone(Answered machine) {
        EngineInfo info = machine.info();
        Duration ahead = machine.clock().map(ClockSeen::ahead).orElse(Duration.ZERO);
        Instant now = facts.here().now().plus(ahead).truncatedTo(ChronoUnit.SECONDS);
        Disk disk = new Disk(info.root(), Need.ENGINE, machine.seen().disk());
        return new Facts(
                new MachineSeen(now, false, Optional.empty(), List.of(disk)),
                new Answer.Known<>(
                        new EngineSeen(
                                info, Optional.empty(), Where.ELSEWHERE, Duration.ZERO, true)),
                machine.seen().kernel().lacking(),
                machine.seen().kernel().features(),
                new Answer.Known<>(List.of()),
                machine.seen().endlessLogs(),
                Optional.of(with(SiteParts.lan(machine))));
    }

    /// The site as it is on one machine, for what depends on how its LAN is built there.
    private SiteSeen with(Optional<Lan.Macvlan> lan) {
        SiteSeen seen = facts.site();
        return new SiteSeen(
                seen.site(),
                lan.map(one -> one),
                seen.obstacles(),
                seen.taken(),
                seen.snapshot(),
                seen.members(),
                seen.heard(),
                seen.inside(),
                seen.certificates(),
                seen.images(),
                seen.openFaults());
    }
}
