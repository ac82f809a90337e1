package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.AddressRange;
import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import java.util.Optional;

/// The syntax of addresses and subnets.
final class AddressRules {
    private AddressRules() {}

    /// An IPv4 address that a host can have.
    static Verdict<Ip4> address(String text) {
        Optional<Ip4> address = Ip4.parse(text);
        if (address.isEmpty()) {
            return new Unfit<>(Visible.quoted(text) + " is not an IPv4 address", addressHint(text));
        }
        return isForHosts(address.get())
                ? new Fits<>(address.get())
                : new Unfit<>(
                        text + " is not an address that a host can have on a network",
                        "loopback, multicast and 0.x addresses are reserved");
    }

    private static String addressHint(String text) {
        if (text.contains("/")) {
            return "write the address alone; the prefix length belongs to 'subnet'";
        }
        if (text.contains(":")) {
            return "IPv6 is not supported; write four numbers, such as 192.168.0.150";
        }
        return "four numbers from 0 to 255 without leading zeros, such as 192.168.0.150";
    }

    /// A subnet, written with its first address.
    static Verdict<Subnet> subnet(String text) {
        Optional<Subnet> subnet = Subnet.parse(text);
        if (subnet.isEmpty()) {
            return new Unfit<>(Visible.quoted(text) + " is not an IPv4 subnet", subnetHint(text));
        }
        if (!isForHosts(subnet.get().base())) {
            return new Unfit<>(
                    text + " is not a subnet that hosts can have on a network",
                    "use a private one, such as 172.20.0.0/24");
        }
        return subnet.get().toString().equals(text)
                ? new Fits<>(subnet.get())
                : new Unfit<>(
                        text + " is an address in a subnet, not the subnet itself",
                        "write " + subnet.get());
    }

    /// One or more addresses, of whatever kind: nobody has to be able to have them.
    static Verdict<AddressRange> range(String text) {
        if (text.equals("any")) {
            return new Fits<>(AddressRange.ANY);
        }
        Optional<AddressRange> range = AddressRange.parse(text);
        if (range.isEmpty()) {
            return new Unfit<>(
                    Visible.quoted(text) + " is neither an IPv4 address nor a subnet",
                    "such as 10.1.2.3 or 10.1.0.0/16, or any");
        }
        String address = text.replaceAll("/.*", "");
        return address.equals(range.get().base().toString())
                ? new Fits<>(range.get())
                : new Unfit<>(
                        text + " is an address in a subnet, not the subnet itself",
                        "write " + range.get() + ", or " + address + " for that one alone");
    }

    private static String subnetHint(String text) {
        Optional<Ip4> address = Ip4.parse(text);
        if (address.isPresent()) {
            return "add the prefix length: " + Subnet.around(address.get(), 24);
        }
        return "first address and prefix length from /8 to /30, such as 172.20.0.0/24";
    }

    private static boolean isForHosts(Ip4 address) {
        int first = address.bits() >>> 24;
        return first != 0 && first != 127 && first < 224;
    }
}
