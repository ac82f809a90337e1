package dev.tandem.cli;

import dev.tandem.doctor.Diagnosis;
import dev.tandem.doctor.Finding;
import dev.tandem.doctor.Finding.Severity;
import dev.tandem.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A diagnosis in human-readable form: what is wrong, each with its cure; what is well, one line
/// each, to show what was examined; the totals.
final class DoctorText {
    private DoctorText() {}

    static String of(Diagnosis diagnosis) {
        List<String> parts = new ArrayList<>();
        parts.add(
                diagnosis
                        .site()
                        .map(name -> "site " + name + machines(diagnosis.machines()))
                        .orElse("this machine; there is no " + SiteFile.DEFAULT + " here"));
        for (Finding finding : diagnosis.findings()) {
            if (finding.severity() != Severity.WELL) {
                parts.add(trouble(finding));
            }
        }
        if (!diagnosis.of(Severity.WELL).isEmpty()) {
            parts.add(well(diagnosis.of(Severity.WELL)));
        }
        parts.add(sum(diagnosis));
        return String.join("\n\n", parts);
    }

    private static String machines(List<String> names) {
        return names.isEmpty() ? ", and this machine" : ", on " + String.join(", ", names);
    }

    private static String trouble(Finding finding) {
        List<String> lines = new ArrayList<>();
        lines.add(word(finding.severity()) + finding.where());
        part(lines, "seen", finding.seen());
        part(lines, "why", finding.why());
        part(lines, "cure", finding.cure());
        return String.join("\n", lines);
    }

    private static void part(List<String> lines, String name, String text) {
        if (!text.isEmpty()) {
            String rest = text.lines().collect(Collectors.joining("\n" + " ".repeat(17)));
            lines.add(" ".repeat(9) + "%-8s".formatted(name + ":") + rest);
        }
    }

    private static String word(Severity severity) {
        return "%-9s".formatted(severity.name());
    }

    private static String well(List<Finding> findings) {
        Table table = new Table("WELL", "SEEN");
        findings.forEach(finding -> table.row(finding.where(), finding.seen()));
        return table.toString();
    }

    private static String sum(Diagnosis diagnosis) {
        int ill = diagnosis.of(Severity.ILL).size();
        int risks = diagnosis.of(Severity.RISK).size();
        int unknown = diagnosis.of(Severity.UNKNOWN).size();
        return "%s. %d %s, %d unknown, %d well."
                .formatted(
                        ill == 0 ? "Nothing is ill" : ill + (ill == 1 ? " is" : " are") + " ill",
                        risks,
                        risks == 1 ? "risk" : "risks",
                        unknown,
                        diagnosis.of(Severity.WELL).size());
    }
}
