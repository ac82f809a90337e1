package dev.tandem.observe;

import java.util.Map;
import java.util.Optional;

/// Which files the programs of a node run, each as the SHA-256 of its bytes; empty where the node
/// did not say, or nothing of the kind is loaded.
///
/// @param haproxy haproxy.cfg
/// @param keepalived keepalived.conf
/// @param handover handover.nft
/// @param certificate site.pem, which clients see
/// @param ca all `ca*.pem` one after the other, in the order of their names byte by byte
public record Loaded(
        Optional<String> haproxy,
        Optional<String> keepalived,
        Optional<String> handover,
        Optional<String> certificate,
        Optional<String> ca) {
    /// It said nothing.
    public static final Loaded UNKNOWN = of(Map.of());

    static Loaded of(Map<String, String> facts) {
        return new Loaded(
                Optional.ofNullable(facts.get("loaded")),
                Optional.ofNullable(facts.get("loaded_keepalived")),
                Optional.ofNullable(facts.get("loaded_handover")),
                Optional.ofNullable(facts.get("loaded_certificate")),
                Optional.ofNullable(facts.get("loaded_ca")));
    }

    /// The same with another haproxy.cfg.
    public Loaded withHaproxy(String hash) {
        return new Loaded(Optional.of(hash), keepalived, handover, certificate, ca);
    }
}
