package dev.tandem.file;

import dev.tandem.file.Draft.VipPart;
import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Ip4;
import dev.tandem.model.Return;
import dev.tandem.model.Subnet;
import java.util.Optional;

/// Reads the section `vip`.
final class VipBinder {
    /// The router id for an address that ends in 0; Keepalived's own examples use 51.
    private static final int USUAL_ROUTER_ID = 51;

    private VipBinder() {}

    static VipPart bind(Fields root) {
        return root.requiredSection(FrontKeys.VIP).map(VipBinder::part).orElse(VipPart.NONE);
    }

    private static VipPart part(Fields vip) {
        Optional<Found<Ip4>> address = vip.required(FrontKeys.VIP_ADDRESS, AddressRules::address);
        return new VipPart(
                address,
                vip.list(FrontKeys.VIP_MORE, AddressRules::address),
                subnet(vip, address),
                vip.optional(FrontKeys.VIP_INTERFACE, NameRules::lanInterface),
                vip.optional(FrontKeys.VIP_GATEWAY, AddressRules::address),
                routerId(vip, address),
                vip.optional(FrontKeys.VIP_RETURN, VipBinder::returns));
    }

    private static Verdict<Return> returns(String text) {
        return switch (text) {
            case "always" -> new Fits<>(Return.ALWAYS);
            case "never" -> new Fits<>(Return.NEVER);
            default ->
                    new Unfit<>(
                            Visible.quoted(text) + " is neither always nor never",
                            "always, or never");
        };
    }

    private static Optional<Found<Subnet>> subnet(Fields vip, Optional<Found<Ip4>> address) {
        return vip.has(FrontKeys.VIP_SUBNET)
                ? vip.optional(FrontKeys.VIP_SUBNET, AddressRules::subnet)
                : address.map(a -> new Found<>(Subnet.around(a.value(), 24), a.spot()));
    }

    private static Optional<Found<Integer>> routerId(Fields vip, Optional<Found<Ip4>> address) {
        if (vip.has(FrontKeys.VIP_ROUTER_ID)) {
            return vip.number(FrontKeys.VIP_ROUTER_ID);
        }
        return address.map(found -> {
            int last = found.value().lastOctet();
            return new Found<>(last == 0 ? USUAL_ROUTER_ID : last, found.spot());
        });
    }
}
