package dev.tandem.doctor;

import dev.tandem.certificate.CertificateSeen;
import dev.tandem.docker.Member;
import dev.tandem.model.Balancer;
import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.ImageSeen;
import dev.tandem.prepare.Obstacle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The site as observed.
///
/// @param site what its file asks for
/// @param lan how its LAN is built, or would be
/// @param obstacles what is in its way on this machine
/// @param taken its addresses for which some machine on the LAN answers; asked only if other
///   machines are on the LAN and no balancer is running
/// @param snapshot what its containers report
/// @param members the containers of this engine on its LAN; empty: not asked
/// @param heard what each listener heard of VRRP on the LAN
/// @param inside what was seen inside each running balancer
/// @param certificates the certificates on disk
/// @param images the images that it runs, as far as they were built
/// @param openFaults the faults that a drill has left open
public record SiteSeen(
        Site site,
        Optional<Lan> lan,
        Answer<List<Obstacle>> obstacles,
        Answer<List<Obstacle>> taken,
        Answer<Snapshot> snapshot,
        List<Member> members,
        SortedMap<String, Answer<List<Advert>>> heard,
        SortedMap<String, Answer<InsideSeen>> inside,
        Answer<List<CertificateSeen>> certificates,
        Answer<List<ImageSeen>> images,
        List<String> openFaults) {
    public SiteSeen {
        members = List.copyOf(members);
        heard = new TreeMap<>(heard);
        inside = new TreeMap<>(inside);
        openFaults = List.copyOf(openFaults);
    }

    /// The running containers of its balancers, by the balancers' names.
    static Map<String, String> running(Site site, Snapshot snapshot) {
        Map<String, String> running = new TreeMap<>();
        for (Balancer balancer : site.balancers()) {
            if (snapshot.state(balancer.name()).equals("running")) {
                running.put(balancer.name(), site.container(balancer.name()));
            }
        }
        return running;
    }
}
