package dev.tandem.acme;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;

/// A CA that gives certificates by itself.
interface Authority {
    /// Orders a certificate.
    ///
    /// @param account the key of the account; the CA makes one for it, if it knows none
    /// @param key the key of the certificate
    /// @return the certificate, followed by its intermediates
    List<X509Certificate> order(KeyPair account, KeyPair key) throws OrderFailed;

    /// Has a certificate withdrawn.
    void revoke(KeyPair account, X509Certificate certificate) throws OrderFailed;
}
