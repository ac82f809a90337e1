package dev.tandem.file;

import dev.tandem.file.Draft.BalancerPart;
import dev.tandem.file.yaml.Problems;
import dev.tandem.model.Return;

/// Where a balancer may have virtual IPs of its own. The first one has `vip.address` and
/// `vip.more`; where nothing returns, the others would lose theirs for good at the first fault.
final class OwnVipsRule {
    private OwnVipsRule() {}

    static void check(Draft draft, Problems problems) {
        for (BalancerPart balancer : draft.balancers()) {
            if (balancer.vips().isEmpty()) {
                continue;
            }
            Found<?> first = balancer.vips().getFirst();
            String key = balancer.path() + ".vips: ";
            if (balancer.equals(draft.balancers().getFirst())) {
                problems.add(
                        first.spot(),
                        key + "the first balancer has vip.address, and what goes with it",
                        "vip.more: [" + first.value() + "]");
            } else if (draft.vip().returns().filter(of -> of.value() == Return.NEVER).isPresent()) {
                problems.add(
                        first.spot(),
                        key + "with vip.return: never they would not come back after a fault",
                        "leave vip.return out, or put them into vip.more");
            }
        }
    }
}
