package dev.tandem.doctor;

import dev.tandem.model.Site;
import dev.tandem.model.Subnet;
import dev.tandem.prepare.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Findings about how the site and this machine fit together: networks that overlap, addresses and
/// names that are taken. Pure.
final class FitFindings {
    private static final String ABOUT = "networks and names";

    private FitFindings() {}

    static List<Finding> of(SiteSeen seen) {
        List<Finding> findings = new ArrayList<>();
        for (Answer<List<Obstacle>> answer : List.of(seen.obstacles(), seen.taken())) {
            switch (answer) {
                case Answer.Unknown<List<Obstacle>>(String reason) ->
                        findings.add(
                                Finding.unknown(
                                        ABOUT,
                                        reason,
                                        "tandem up checks this too, before it starts"));
                case Answer.Known<List<Obstacle>>(List<Obstacle> obstacles) ->
                        obstacles.forEach(one -> findings.add(obstacle(one)));
            }
        }
        return findings.isEmpty() ? List.of(well(seen.site())) : findings;
    }

    private static Finding well(Site site) {
        return Finding.well(
                ABOUT,
                site.subnets().stream().map(Subnet::toString).collect(Collectors.joining(" and "))
                        + (site.subnets().size() == 1 ? " overlaps" : " overlap")
                        + (site.hasMachines()
                                ? " nothing else of its machines"
                                : " nothing of this machine"));
    }

    private static Finding obstacle(Obstacle obstacle) {
        return Finding.ill(
                obstacle.key(),
                obstacle.what(),
                "tandem up refuses to start; if the site is already running, packets reach only one"
                        + " of the two",
                obstacle.hint());
    }
}
