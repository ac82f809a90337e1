package dev.tandem.doctor;

import dev.tandem.model.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Findings about whether all machines run the same images: by their ids, not by their names. Pure.
final class SameImageFindings {
    private static final String ABOUT = "same images";

    /// Of `sha256:...`, what people compare.
    private static final int BEGIN = "sha256:".length();

    private static final int SHOWN = 12;

    private SameImageFindings() {}

    static List<Finding> of(MachinesFacts facts) {
        List<Finding> findings = new ArrayList<>();
        facts.answered()
                .forEach((name, machine) -> {
                    if (machine.seen().images()
                            instanceof Answer.Unknown<Map<String, String>>(String reason)) {
                        findings.add(Finding.unknown(ABOUT, reason, "docker images").on(name));
                    }
                });
        for (Role role : List.of(Role.BALANCER, Role.WEB)) {
            differing(facts, "tandem/" + role.word()).ifPresent(findings::add);
        }
        if (findings.isEmpty() && isAny(facts)) {
            findings.add(Finding.well(ABOUT, "the machines run images of the same ids"));
        }
        return findings;
    }

    private static boolean isAny(MachinesFacts facts) {
        return facts.answered().values().stream()
                .flatMap(one -> one.seen().images().value().stream())
                .anyMatch(ids -> !ids.isEmpty());
    }

    private static Optional<Finding> differing(MachinesFacts facts, String repository) {
        Map<String, List<String>> each = new LinkedHashMap<>();
        facts.answered()
                .forEach((machine, seen) ->
                        images(seen, repository)
                                .forEach(image ->
                                        each.computeIfAbsent(image, _ -> new ArrayList<>())
                                                .add(machine)));
        if (each.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(
                Finding.risk(
                        ABOUT,
                        each.entrySet().stream()
                                .map(one ->
                                        String.join(" and ", one.getValue())
                                                + (one.getValue().size() == 1 ? " runs " : " run ")
                                                + one.getKey())
                                .collect(Collectors.joining("; ")),
                        "what one machine does, the other one may not do when it takes over:"
                                + " another version, or security updates that it lacks",
                        "tandem up    (it sends the same images to all machines)"));
    }

    private static Stream<String> images(MachineFacts.Answered machine, String repository) {
        return machine.seen().images().value().stream()
                .flatMap(ids -> ids.entrySet().stream())
                .filter(one -> one.getKey().startsWith(repository + ":"))
                .map(one -> "%s (%s)".formatted(one.getKey(), shown(one.getValue())));
    }

    private static String shown(String id) {
        return id.length() < BEGIN + SHOWN ? id : id.substring(BEGIN, BEGIN + SHOWN);
    }
}
