package dev.tandem.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One load balancer: HAProxy and Keepalived in one container.
///
/// @param name its name in Compose and in HAProxy
/// @param hostname the hostname inside the container, as if it were a machine of its own
/// @param address where direct calls and the health page find it: on the site's network or, over
///   several machines, on the LAN
/// @param lanAddress its own address on the LAN, from which it speaks VRRP
/// @param machine the machine that it runs on; empty when the site names none
/// @param vips virtual IPs of its own: first here, at the others when this one cannot serve
///   (docs/decisions/0074)
public record Balancer(
        String name,
        String hostname,
        Ip4 address,
        Ip4 lanAddress,
        Optional<String> machine,
        List<Ip4> vips) {
    /// How many virtual IPs of its own a balancer may have.
    public static final int MOST_VIPS = 15;

    public Balancer {
        vips = List.copyOf(vips);
    }

    /// One without virtual IPs of its own.
    public Balancer(
            String name, String hostname, Ip4 address, Ip4 lanAddress, Optional<String> machine) {
        this(name, hostname, address, lanAddress, machine, List.of());
    }

    /// One of a site that names no machines.
    public Balancer(String name, String hostname, Ip4 address, Ip4 lanAddress) {
        this(name, hostname, address, lanAddress, Optional.empty());
    }

    /// Both of its addresses; over several machines they are one.
    public Stream<Ip4> addresses() {
        return Stream.of(lanAddress, address);
    }
}
