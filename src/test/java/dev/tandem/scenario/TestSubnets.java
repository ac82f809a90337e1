package dev.tandem.scenario;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Processes;
import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import dev.tandem.observe.HostFacts;
import dev.tandem.observe.HostReader;

/// Subnets for a test site that nobody on this machine has, nor takes at the same time: what runs
/// side by side draws from lots of its own ({@link Forks}).
///
/// @param lan in place of 192.168.0.0/24
/// @param network in place of 172.20.0.0/24
record TestSubnets(Subnet lan, Subnet network) {

    static TestSubnets free() {
        return free(0, 256, 0, 256);
    }

    /// The same, with as many characters as the customer's: where a file has columns, they stay
    /// columns.
    static TestSubnets asLong() {
        return free(100, 256, 10, 100);
    }

    private static TestSubnets free(int lan, int lanEnd, int network, int networkEnd) {
        HostFacts host = HostReader.read(new Docker(new Processes()).networks());
        return new TestSubnets(free(host, 77, lan, lanEnd), free(host, 78, network, networkEnd));
    }

    private static Subnet free(HostFacts host, int second, int begin, int end) {
        while (true) {
            int third = Forks.mine(begin, end);
            Subnet candidate = new Subnet(Ip4.of("10." + second + "." + third + ".0"), 24);
            boolean taken =
                    host.networks().stream()
                                    .flatMap(n -> n.subnets().stream())
                                    .anyMatch(candidate::overlaps)
                            || host.interfaces().stream()
                                    .flatMap(i -> i.addresses().stream())
                                    .flatMap(a -> a.subnet().stream())
                                    .anyMatch(candidate::overlaps);
            if (!taken) {
                return candidate;
            }
        }
    }

    /// A site file with these subnets instead of the customer's.
    String in(String siteFile) {
        return siteFile.replace("192.168.0.", prefix(lan)).replace("172.20.0.", prefix(network));
    }

    /// A text about these subnets with the customer's instead.
    String back(String text) {
        return text.replace(prefix(lan), "192.168.0.").replace(prefix(network), "172.20.0.");
    }

    private static String prefix(Subnet subnet) {
        String base = subnet.base().toString();
        return base.substring(0, base.length() - 1);
    }
}
