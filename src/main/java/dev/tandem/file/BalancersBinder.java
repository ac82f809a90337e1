package dev.tandem.file;

import dev.tandem.file.Draft.BalancerPart;
import dev.tandem.file.Fields.Named;
import java.util.List;
import java.util.Optional;

/// Reads the section `balancers`.
final class BalancersBinder {
    private BalancersBinder() {}

    static List<BalancerPart> bind(Fields root) {
        return root
                .requiredSection(FrontKeys.BALANCERS)
                .map(balancers -> balancers.named(FrontKeys.BALANCERS, FrontKeys.BALANCER))
                .orElse(List.of())
                .stream()
                .map(BalancersBinder::part)
                .toList();
    }

    private static BalancerPart part(Named named) {
        Fields balancer = named.fields();
        return new BalancerPart(
                named.name(),
                balancer.has(FrontKeys.BALANCER_HOSTNAME)
                        ? balancer.optional(FrontKeys.BALANCER_HOSTNAME, NameRules::name)
                        : Optional.of(named.name()),
                balancer.optional(FrontKeys.BALANCER_ADDRESS, AddressRules::address),
                balancer.optional(FrontKeys.BALANCER_LAN_ADDRESS, AddressRules::address),
                balancer.optional(FrontKeys.BALANCER_MACHINE, NameRules::name),
                balancer.list(FrontKeys.BALANCER_VIPS, AddressRules::address));
    }
}
