package dev.tandem.prepare;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/// Asks the LAN by ARP whether the addresses that the site is going to use are already in use (RFC
/// 5227).
final class WireProbe {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// Asks for each argument, for all at the same time, and prints "address mac" for each answer.
    private static final String SCRIPT =
            """
            interface=$1
            shift
            for address; do
              for mac in $(arp-who "$interface" "$address" 400); do echo "$address $mac"; done &
            done
            wait
            """;

    private static final String ADDRESS = ".address";

    private final Docker docker;
    private final String image;

    /// @param image one of a balancer that the engine has
    WireProbe(Docker docker, String image) {
        this.docker = docker;
        this.image = image;
    }

    /// The addresses of a site on the LAN, each with its key in the site file.
    static Map<String, String> addresses(Site site) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(site.vip().address().toString(), "vip.address");
        site.vips().stream().skip(1).forEach(one -> keys.put(one.toString(), keyOfVip(site, one)));
        for (Balancer balancer : site.balancers()) {
            Ip4 address = balancer.lanAddress();
            keys.put(address.toString(), keyOf(site, balancer));
        }
        if (site.hasMachines()) {
            site.ownServers()
                    .forEach(one ->
                            keys.put(one.address().toString(), "servers." + one.name() + ADDRESS));
        }
        return keys;
    }

    /// The key of a virtual IP that is not the first.
    static String keyOfVip(Site site, Ip4 vip) {
        return site.owners().stream()
                .filter(one -> one.vips().contains(vip))
                .findFirst()
                .map(one -> "balancers." + one.name() + ".vips")
                .orElse("vip.more");
    }

    /// The key of a balancer's address on the LAN.
    static String keyOf(Site site, Balancer balancer) {
        return "balancers." + balancer.name() + (site.hasMachines() ? ADDRESS : ".lan_address");
    }

    /// The addresses that it did not have before.
    ///
    /// @param before the site as it was last applied
    static Map<String, String> newAddresses(Site site, Site before) {
        Map<String, String> keys = addresses(site);
        keys.keySet().removeAll(addresses(before).keySet());
        return keys;
    }

    /// An obstacle for every address that is taken.
    ///
    /// @param keys the addresses, each with its key in the site file
    /// @throws Stop when the LAN could not be asked: an unknown address is not a free one
    List<Obstacle> ask(Map<String, String> keys, Lan.Macvlan lan) {
        return ask(keys, lan, _ -> false);
    }

    /// The same, where nodes of the site may answer from other machines.
    ///
    /// @param isOwn whether a MAC address is that of one of them; only asked when somebody answers
    List<Obstacle> ask(Map<String, String> keys, Lan.Macvlan lan, Predicate<String> isOwn) {
        List<String> arguments =
                new ArrayList<>(
                        List.of("--network", "host", "--cap-drop", "ALL", "--cap-add", "NET_RAW"));
        arguments.addAll(List.of("--entrypoint", "sh", image));
        arguments.addAll(List.of("-c", SCRIPT, "sh", lan.parent()));
        arguments.addAll(keys.keySet());
        Output output = docker.runOnce(LIMIT, arguments);
        if (!output.ok() || !output.stderr().isBlank()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "could not ask the LAN on " + lan.parent() + " whether the addresses are free",
                    output.lastLines(5),
                    "nothing was started or changed",
                    "ip -brief link show " + lan.parent());
        }
        List<String> order = List.copyOf(keys.keySet());
        return output.lines().stream()
                .map(line -> line.split(" "))
                .filter(f -> !isOwn.test(f[1].toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparingInt(f -> order.indexOf(f[0])))
                .map(f ->
                        new Obstacle(
                                keys.getOrDefault(f[0], "vip.address"),
                                f[0] + " is in use: " + f[1] + " answers for it on " + lan.parent(),
                                "choose an address that is free on the LAN, and outside"
                                        + " of its DHCP range"))
                .toList();
    }
}
