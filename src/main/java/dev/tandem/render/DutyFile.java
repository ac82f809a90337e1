package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Site;

/// The file `duty` of one balancer: what its init should do with the VIP.
final class DutyFile {
    private DutyFile() {}

    static String render(Site site, Balancer balancer, Duty duty) {
        return ConfigText.block(
                """
                # duty of %1$s, site %2$s: what is asked of this balancer, in the first line that is no comment.
                # Written by Tandem. The init obeys at its start and whenever this file changes:
                #
                #   serve         takes part: the highest priority holds the VIP
                #   yield         holds the VIP only when no other balancer can
                #   maintenance   never holds the VIP; connections that it has go on
                %3$s
                """,
                balancer.name(), site.name(), duty.word());
    }
}
