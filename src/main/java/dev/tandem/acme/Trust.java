package dev.tandem.acme;

import dev.tandem.model.Stop;
import dev.tandem.text.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Whom this process believes that it talks to a CA: those whom Java trusts, or a CA of the user's
/// own. The client of the protocol takes what the process has, so it is set for the process, which
/// asks nobody else over TLS.
final class Trust {
    private Trust() {}

    /// @param authority the file of the user's own CA
    /// @throws Stop when it cannot be used
    static void of(Optional<Path> authority) {
        // The client's own log is not for operators: what matters comes as an error.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        authority.ifPresent(file -> {
            try {
                SSLContext.setDefault(context(file));
            } catch (IOException | GeneralSecurityException | Pem.Unreadable e) {
                throw new Stop(
                        Stop.Kind.SITE_FILE,
                        "the CA of tls.acme.ca cannot be used",
                        file + ": " + e.getMessage(),
                        "nothing was ordered",
                        "openssl x509 -noout -subject -in " + file);
            }
        });
    }

    private static SSLContext context(Path file)
            throws IOException, GeneralSecurityException, Pem.Unreadable {
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (X509Certificate one : Pem.certificates(text)) {
            known.setCertificateEntry(one.getSerialNumber().toString(), one);
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
