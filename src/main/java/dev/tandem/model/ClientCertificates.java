package dev.tandem.model;

import java.util.Optional;

/// The certificates that clients show (mutual TLS). One that is not of these CAs, has expired, or
/// was revoked ends the handshake, wherever it is shown.
///
/// @param authorities the CAs, as a PEM file, relative to the site file or absolute
/// @param revoked their revocation lists, as a PEM file; empty: none is revoked
/// @param verify whether a client must show one
public record ClientCertificates(String authorities, Optional<String> revoked, Verify verify) {
    /// Whether a client must show a certificate, in HAProxy's words.
    public enum Verify {
        /// Without one, a request is refused.
        REQUIRED,
        /// It is asked for one, and served without.
        OPTIONAL
    }
}
