package dev.tandem.model;

import java.util.Optional;

/// Which requests a route lets through.
///
/// @param access by the client's address
/// @param clientCertificate whether the client must have shown a certificate; empty: as everywhere
///   on the site ({@link ClientCertificates#verify()})
/// @param limits what each client may take of this route
public record Admission(
        Access access, Optional<ClientCertificates.Verify> clientCertificate, ClientLimits limits) {
    /// All.
    public static final Admission EVERYTHING =
            new Admission(Access.EVERYBODY, Optional.empty(), ClientLimits.NONE);
}
