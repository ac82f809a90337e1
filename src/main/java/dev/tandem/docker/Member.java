package dev.tandem.docker;

/// A running container on a network.
///
/// @param container its name
/// @param mac its MAC address there, in lower case
/// @param address its IPv4 address there; empty text when it has none
public record Member(String container, String mac, String address) {}
