package dev.tandem.change.plan;

import java.util.ArrayList;
import java.util.List;

/// What clients will notice of a plan in spite of all care: what no order of the steps can avoid.
/// Pure.
final class Gaps {
    private Gaps() {}

    static List<String> of(Wanted wanted, Seen seen, List<Step> steps) {
        List<String> gaps = new ArrayList<>();
        for (String key : seen.history().keys()) {
            if (key.startsWith("vip.address:")) {
                gaps.add(key + ": clients of the old address are not served any more");
            } else if (key.startsWith("listen.http")) {
                gaps.add(key + ": clients of the old port are refused");
            } else if (key.startsWith("handover:")) {
                gaps.add(key + ": connections that are open when the VIP moves are reset");
            } else if (isLanAddress(key) && wanted.site().balancers().size() > 1) {
                gaps.add(
                        key
                                + ": until every balancer knows it, more than one may hold the VIP,"
                                + " and open connections may be reset");
            }
        }
        boolean moves = steps.stream().anyMatch(step -> step instanceof Step.Switchover);
        boolean told = seen.history().keys().stream().anyMatch(key -> key.startsWith("handover:"));
        if (moves && !told && !handsOver(wanted, seen)) {
            gaps.add("without a hand-over, connections that are open when the VIP moves are reset");
        }
        return gaps;
    }

    /// Adverts go from address to address: a balancer with another one is not heard, and hears
    /// nothing, until its peers have read where it is.
    private static boolean isLanAddress(String key) {
        return key.matches("balancers\\.[^:]*\\.lan_address: .*");
    }

    /// Whether the balancers do it now, and will: a third one that leaves leaves two that did not.
    private static boolean handsOver(Wanted wanted, Seen seen) {
        long now =
                seen.containers().values().stream()
                        .filter(box -> box.role().equals("balancer"))
                        .count();
        return wanted.site().handsOver() && now <= wanted.site().balancers().size();
    }
}
