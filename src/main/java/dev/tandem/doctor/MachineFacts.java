package dev.tandem.doctor;

import dev.tandem.docker.ClockSeen;
import dev.tandem.docker.EngineInfo;
import dev.tandem.docker.Member;
import dev.tandem.docker.Room;
import dev.tandem.docker.Unreachable;
import dev.tandem.prepare.Obstacle;
import dev.tandem.prepare.SiteFit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was found out about one of a site's machines.
sealed interface MachineFacts {

    /// Nothing: it did not answer, or stopped to.
    record Silent(Unreachable why) implements MachineFacts {}

    /// It answered.
    ///
    /// @param info what its engine reports
    /// @param clock its clock; empty when the engine does not tell
    /// @param fit how it and the site fit together
    /// @param seen what was seen in containers on it
    record Answered(EngineInfo info, Optional<ClockSeen> clock, Answer<SiteFit> fit, Inside seen)
            implements MachineFacts {}

    /// What was seen in containers.
    ///
    /// @param kernel what its kernel lets a balancer do
    /// @param disk the free space where its engine keeps images and containers
    /// @param images the ids of the images that its nodes run, by name
    /// @param lan how far it gets on the LAN
    /// @param asNode the node whose MAC address was used for that; empty: none runs there
    /// @param taken the site's addresses for which somebody answers, while nothing of it runs
    /// @param endlessLogs its containers whose log grows until the disk is full
    /// @param site its part of the site
    record Inside(
            KernelLook kernel,
            Answer<Room> disk,
            Answer<Map<String, String>> images,
            Answer<LanSeen> lan,
            Optional<String> asNode,
            Answer<List<Obstacle>> taken,
            Answer<List<String>> endlessLogs,
            SitePart site) {}

    /// What of the site is on it.
    ///
    /// @param members the containers of its engine on the LAN
    /// @param heard what its listeners heard of VRRP
    /// @param inside what was seen inside of its balancers
    record SitePart(
            List<Member> members,
            SortedMap<String, Answer<List<Advert>>> heard,
            SortedMap<String, Answer<InsideSeen>> inside) {
        public SitePart {
            members = List.copyOf(members);
            heard = new TreeMap<>(heard);
            inside = new TreeMap<>(inside);
        }
    }
}
