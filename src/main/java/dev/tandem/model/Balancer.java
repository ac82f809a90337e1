package dev.tandem.model;

/// One load balancer: HAProxy and Keepalived in one container.
///
/// @param name its name in Compose and in HAProxy
/// @param hostname the hostname inside the container, as if it were a machine of its own
/// @param address its address on the site's network: direct calls, health page
/// @param lanAddress its own address on the LAN, from which it speaks VRRP
public record Balancer(String name, String hostname, Ip4 address, Ip4 lanAddress) {}
