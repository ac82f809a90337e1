package dev.tandem.model;

/// The Docker network that connects the balancers and the web servers.
///
/// @param name its name in Compose
/// @param subnet its addresses; the first belongs to the host
public record Network(String name, Subnet subnet) {}
