package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.AddressRange;
import dev.tandem.model.Ip;
import dev.tandem.model.Ip4;
import dev.tandem.model.Ip6;
import dev.tandem.model.Subnet;
import dev.tandem.model.Syslog;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The syntax of addresses and subnets.
final class AddressRules {
    private static final Pattern WITH_PORT = Pattern.compile("([^:]+)(?::([1-9]\\d{0,4}))?");
    private static final int MOST_PORTS = 65535;

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
            return "write four numbers, such as 192.168.0.150; clients with IPv6: see listen.ipv6";
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

    /// The host of a URL that stands in brackets: an IPv6 address that a server can have. The
    /// result has the brackets, and is the same for all spellings of one address.
    static Verdict<String> bracketed(String host) {
        String text = host.substring(1, host.length() - 1);
        Optional<Ip6> address = Ip6.parse(text);
        if (address.isEmpty()) {
            return new Unfit<>(
                    Visible.quoted(text) + " is not an IPv6 address",
                    text.contains("%")
                            ? "HAProxy takes no zone: the server needs an address beyond its link"
                            : "such as 2001:db8::7");
        }
        if (address.get().mapped().isPresent()) {
            return new Unfit<>(
                    Visible.quoted(text) + " is an IPv4 address written as one of IPv6",
                    "write " + address.get().mapped().get());
        }
        return isForHosts(address.get())
                ? new Fits<>("[" + address.get() + "]")
                : new Unfit<>(
                        text + " is not an address at which balancers find a server",
                        "loopback, multicast and link-local (fe80) addresses are no use here");
    }

    private static boolean isForHosts(Ip6 address) {
        boolean isLinkLocal = address.high() >>> 54 == 0xfe80 >>> 6;
        boolean isMulticast = address.high() >>> 56 == 0xff;
        boolean isReserved = address.high() == 0 && address.low() >>> 1 == 0;
        return !isLinkLocal && !isMulticast && !isReserved;
    }

    /// One or more addresses, of whatever kind: nobody has to be able to have them.
    static Verdict<AddressRange> range(String text) {
        if (text.equals("any")) {
            return new Fits<>(AddressRange.ANY);
        }
        Optional<AddressRange> range = AddressRange.parse(text);
        if (range.isEmpty()) {
            return new Unfit<>(
                    Visible.quoted(text) + " is neither an address nor a subnet",
                    "such as 10.1.2.3, 10.1.0.0/16 or 2001:db8::/32, or any");
        }
        Optional<Ip4> mapped =
                range.get().base() instanceof Ip6 six ? six.mapped() : Optional.empty();
        if (mapped.isPresent()) {
            return new Unfit<>(
                    Visible.quoted(text) + " is an IPv4 address written as one of IPv6",
                    "clients that have it come over IPv4: write " + mapped.get());
        }
        String address = text.replaceAll("/.*", "");
        return Ip.parse(address).equals(Optional.of(range.get().base()))
                ? new Fits<>(range.get())
                : new Unfit<>(
                        text + " is an address in a subnet, not the subnet itself",
                        "write " + range.get() + ", or " + address + " for that one alone");
    }

    /// Proxies that are believed: not everybody.
    static Verdict<AddressRange> proxies(String text) {
        if (!text.equals("any") && AddressRange.parse(text).isEmpty()) {
            return new Unfit<>(
                    Visible.quoted(text) + " is neither an address nor a subnet",
                    "such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32");
        }
        return range(text) instanceof Fits<AddressRange>(AddressRange range) && range.prefix() == 0
                ? new Unfit<>(
                        text + " is everybody: each client could say that it is another one",
                        "the addresses of the proxies alone, such as 203.0.113.0/24")
                : range(text);
    }

    /// Addresses that are not let in: not all there are.
    static Verdict<AddressRange> denied(String text) {
        return range(text) instanceof Fits<AddressRange>(AddressRange range) && range.prefix() == 0
                ? new Unfit<>(
                        text + " is everybody: nobody would be let in",
                        "the addresses alone that are not, such as 203.0.113.0/24")
                : range(text);
    }

    /// An address where syslog is taken, with or without a port.
    static Verdict<Syslog> syslog(String text) {
        Matcher matcher = WITH_PORT.matcher(text);
        if (matcher.matches() && address(matcher.group(1)) instanceof Fits<Ip4>(Ip4 address)) {
            int port =
                    matcher.group(2) == null
                            ? Syslog.USUAL_PORT
                            : Integer.parseInt(matcher.group(2));
            if (port <= MOST_PORTS) {
                return new Fits<>(new Syslog(address, port));
            }
        }
        return new Unfit<>(
                Visible.quoted(text) + " is not where syslog is taken",
                "an IPv4 address, and a port unless it is 514: 10.0.0.9 or 10.0.0.9:1514");
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
