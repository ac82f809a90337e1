package dev.tandem.file;

import dev.tandem.file.Draft.BalancerPart;
import dev.tandem.file.Fields.Named;
import java.util.List;
import java.util.Optional;

/// Reads what stands below `balancers`.
final class BalancersBinder {
    private static final int MOST = 16;

    private BalancersBinder() {}

    static List<BalancerPart> bind(Fields root) {
        return root
                .requiredSection(Keys.BALANCERS)
                .map(balancers -> balancers.named(Keys.BALANCER, MOST))
                .orElse(List.of())
                .stream()
                .map(BalancersBinder::part)
                .toList();
    }

    private static BalancerPart part(Named named) {
        Fields balancer = named.fields();
        return new BalancerPart(
                named.name(),
                balancer.has(Keys.BALANCER_HOSTNAME)
                        ? balancer.optional(Keys.BALANCER_HOSTNAME, NameRules::name)
                        : Optional.of(named.name()),
                balancer.optional(Keys.BALANCER_ADDRESS, AddressRules::address),
                balancer.optional(Keys.BALANCER_LAN_ADDRESS, AddressRules::address));
    }
}
