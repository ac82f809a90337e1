package dev.tandem.model;

/// The TCP ports of every balancer, 1 to 65535, all different.
///
/// @param http plain HTTP
/// @param https HTTP over TLS, versions 2 and 1.1
/// @param health the health page, `/metrics` and `/health`
public record Listen(int http, int https, int health) {}
