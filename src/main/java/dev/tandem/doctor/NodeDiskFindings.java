package dev.tandem.doctor;

import dev.tandem.model.Balancer;
import dev.tandem.observe.InitSeen.Disk;
import dev.tandem.observe.Snapshot;
import java.util.ArrayList;
import java.util.List;

/// Findings about the file systems inside the balancers, which may be full while those of this
/// machine are not. Pure.
final class NodeDiskFindings {
    private static final int FULL = 98;
    private static final int NEARLY = 90;

    private NodeDiskFindings() {}

    static List<Finding> of(SiteSeen seen, Snapshot snapshot) {
        List<Finding> findings = new ArrayList<>();
        for (Balancer balancer : seen.site().balancers()) {
            String container = seen.site().container(balancer.name());
            snapshot.answer(balancer.name()).stream()
                    .flatMap(answer -> answer.standing().init().disks().stream())
                    .filter(disk -> disk.percent() >= NEARLY)
                    .map(disk -> finding(balancer.name(), container, disk))
                    .forEach(findings::add);
        }
        return findings;
    }

    private static Finding finding(String name, String container, Disk disk) {
        String about = "%s of %s".formatted(disk.path(), name);
        String why =
                "the VIP still moves, but what its init has to say may not be written, and reloads"
                        + " may fail";
        String cure =
                "to see what fills it: docker exec %s du -ax %s; then remove that, or tandem up"
                        .formatted(container, disk.path());
        return disk.percent() >= FULL
                ? Finding.ill(about, "it is full (%d %%)".formatted(disk.percent()), why, cure)
                : Finding.risk(about, "it is %d %% full".formatted(disk.percent()), why, cure);
    }
}
