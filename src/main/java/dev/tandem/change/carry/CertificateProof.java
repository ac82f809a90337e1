package dev.tandem.change.carry;

import dev.tandem.docker.Output;
import dev.tandem.model.Stop;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks balancers which certificate they show: fingerprint and names must be those of the one that
/// was brought to them.
///
/// @param nodes asks them
public record CertificateProof(NodeCommands nodes) {
    /// Of balancers that answer.
    ///
    /// @return one line for each
    /// @throws Stop when one of them shows another certificate
    public List<String> of(List<String> balancers, X509Certificate certificate) {
        CertificateShown wanted = CertificateShown.of(certificate);
        List<String> lines = new ArrayList<>();
        for (String balancer : balancers) {
            Output output = nodes.certificate(balancer);
            Optional<CertificateShown> shown = CertificateShown.parse(output.stdout());
            if (!shown.equals(Optional.of(wanted))) {
                throw new Stop(
                        Stop.Kind.ENVIRONMENT,
                        balancer + " does not show the new certificate",
                        shown.map(CertificateShown::toString).orElseGet(() -> output.lastLines(3))
                                + "\nwanted: "
                                + wanted,
                        "the certificate is kept, and clients of "
                                + balancer
                                + " may see the one before",
                        "tandem certificate renew");
            }
            lines.add(balancer + " shows " + wanted);
        }
        return lines;
    }
}
