package dev.tandem.observe;

import dev.tandem.docker.DockerNetwork;
import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import dev.tandem.observe.HostFacts.Address;
import dev.tandem.observe.HostFacts.Interface;
import dev.tandem.observe.HostFacts.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a shell in a container says about the network of its host. Pure.
final class HostWords {
    /// Any image of a balancer can run it, that of an older version too. A line for each fact:
    ///
    /// ```
    /// link ens33 - - 1              its name, `wireless`, `bridge`, its type
    /// address ens33 192.168.0.11/24
    /// route ens33 00000000 0100A8C0 ...
    /// ```
    static final String SCRIPT =
            """
            for p in /sys/class/net/*; do
              [ -e $p/type ] || continue
              w=-; b=-
              if [ -e $p/wireless ] || [ -e $p/phy80211 ]; then w=wireless; fi
              if [ -d $p/bridge ]; then b=bridge; fi
              echo "link ${p##*/} $w $b $(cat $p/type)"
            done
            ip -oneline -4 address show |
              while read -r _ name _ address _; do echo "address ${name%@*} $address"; done
            sed 's/^/route /' /proc/net/route
            """;

    private HostWords() {}

    /// Reads it.
    ///
    /// @param networks Docker's networks
    static HostFacts read(String said, List<DockerNetwork> networks) {
        Map<String, List<Address>> addresses = new LinkedHashMap<>();
        List<Interface> interfaces = new ArrayList<>();
        for (String[] f : lines(said, "address ", 3)) {
            addresses.computeIfAbsent(f[1], _ -> new ArrayList<>()).addAll(address(f[2]));
        }
        for (String[] f : lines(said, "link ", 5)) {
            List<Address> own = addresses.getOrDefault(f[1], List.of());
            Kind kind = HostReader.kind(f[1], new HashSet<>(List.of(f[2], f[3])), f[4]);
            interfaces.add(new Interface(f[1], own, kind));
        }
        String routes =
                said.lines()
                        .filter(line -> line.startsWith("route "))
                        .map(line -> line.substring("route ".length()))
                        .collect(Collectors.joining("\n"));
        return new HostFacts(interfaces, HostReader.defaultRoutes(routes), networks);
    }

    private static List<String[]> lines(String said, String begin, int words) {
        return said.lines()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.split(" "))
                .filter(f -> f.length == words)
                .toList();
    }

    private static List<Address> address(String text) {
        Optional<Ip4> address = Ip4.parse(text.replaceFirst("/.*", ""));
        return address.map(ip -> new Address(ip, Subnet.parse(text))).stream().toList();
    }
}
