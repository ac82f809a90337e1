package dev.tandem.observe;

import java.util.Map;
import java.util.Optional;

/// Which files the programs of a node run, each as the SHA-256 of its bytes; empty when not
/// reported, or when nothing of the kind is loaded.
///
/// @param haproxy haproxy.cfg
/// @param keepalived keepalived.conf
/// @param handover handover.nft
/// @param certificate site.pem, which clients see
/// @param access all `*.lst`, in the same way: whose connections are taken
/// @param ca all `ca*.pem` concatenated, in byte order of their names
public record Loaded(
        Optional<String> haproxy,
        Optional<String> keepalived,
        Optional<String> handover,
        Optional<String> certificate,
        Optional<String> access,
        Optional<String> ca) {
    /// Nothing was reported.
    public static final Loaded UNKNOWN = of(Map.of());

    static Loaded of(Map<String, String> facts) {
        return new Loaded(
                Optional.ofNullable(facts.get("loaded")),
                Optional.ofNullable(facts.get("loaded_keepalived")),
                Optional.ofNullable(facts.get("loaded_handover")),
                Optional.ofNullable(facts.get("loaded_certificate")),
                Optional.ofNullable(facts.get("loaded_access")),
                Optional.ofNullable(facts.get("loaded_ca")));
    }

    /// A copy with another haproxy.cfg.
    public Loaded withHaproxy(String hash) {
        return new Loaded(Optional.of(hash), keepalived, handover, certificate, access, ca);
    }
}
