package dev.tandem.doctor;

import dev.tandem.doctor.Facts.Leftover;
import java.util.ArrayList;
import java.util.List;

/// Findings about leftovers: containers of sites that are gone, faults of a drill that was killed.
/// Pure.
final class LeftoverFindings {
    private LeftoverFindings() {}

    static List<Finding> of(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        facts.site().ifPresent(seen -> findings.add(openFaults(seen.openFaults())));
        switch (facts.leftovers()) {
            case Answer.Unknown<List<Leftover>>(String reason) ->
                    findings.add(Finding.unknown("leftovers of other sites", reason, ""));
            case Answer.Known<List<Leftover>>(List<Leftover> all) -> {
                all.forEach(one -> findings.add(leftover(one)));
                if (all.isEmpty()) {
                    findings.add(
                            Finding.well(
                                    "leftovers of other sites",
                                    "no container belongs to a site whose directory is gone"));
                }
            }
        }
        return findings;
    }

    private static Finding openFaults(List<String> open) {
        return open.isEmpty()
                ? Finding.well("drills", "none has left a fault open")
                : Finding.ill(
                        "drills",
                        "a fault is open: " + String.join(", ", open),
                        "what it broke stays broken until it is healed",
                        "tandem status heals it, unless the drill is still running");
    }

    private static Finding leftover(Leftover one) {
        return Finding.risk(
                "leftovers of site " + one.project(),
                "%s, and its directory %s is gone"
                        .formatted(String.join(", ", one.containers()), one.directory()),
                "it still holds its networks and addresses, and nobody updates it",
                "docker compose --project-name " + one.project() + " down");
    }
}
