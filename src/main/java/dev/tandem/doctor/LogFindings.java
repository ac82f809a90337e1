package dev.tandem.doctor;

import java.util.List;
import java.util.stream.Collectors;

/// Findings about what the engine keeps of what containers print. Pure.
final class LogFindings {
    private static final String ABOUT = "logs of containers";

    /// Names beyond these are only counted.
    private static final int MOST = 5;

    private LogFindings() {}

    static List<Finding> of(Answer<List<String>> endless) {
        return switch (endless) {
            case Answer.Unknown<List<String>>(String reason) ->
                    List.of(Finding.unknown(ABOUT, reason, ""));
            case Answer.Known<List<String>>(List<String> all) when all.isEmpty() ->
                    List.of(Finding.well(ABOUT, "each has a bound"));
            case Answer.Known<List<String>>(List<String> all) ->
                    List.of(
                            Finding.risk(
                                    ABOUT,
                                    "%s: %s no bound (json-file without max-size)"
                                            .formatted(names(all), all.size() > 1 ? "have" : "has"),
                                    "they grow until the disk is full, and then no container of"
                                            + " this machine can be started or reloaded",
                                    "{\"log-driver\": \"local\"} in /etc/docker/daemon.json, or"
                                            + " --log-opt max-size=20m; then make these containers"
                                            + " anew"));
        };
    }

    private static String names(List<String> all) {
        String first = all.stream().limit(MOST).collect(Collectors.joining(", "));
        return all.size() > MOST ? first + " and " + (all.size() - MOST) + " more" : first;
    }
}
