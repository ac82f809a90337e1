package dev.tandem.certificate;

import dev.tandem.text.Pem;

/// What was found in the place of a key and its certificate.
sealed interface SeenCredential {

    /// Nothing.
    record Absent() implements SeenCredential {}

    /// Something unusable.
    ///
    /// @param how what is wrong with it, such as "its key did not fit"
    record Broken(String how) implements SeenCredential {}

    /// A key and a certificate that belong together; they may still not be the ones wanted.
    ///
    /// @param credential the two
    record Whole(Credential credential) implements SeenCredential {}

    /// Looks at a place in the directory `tls/`.
    static SeenCredential at(Place place, CertificateFiles files) {
        var certificate = files.read(place.certificate());
        var key = files.read(place.key());
        if (certificate.isEmpty() && key.isEmpty()) {
            return new Absent();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            return new Broken("one of its two files was missing");
        }
        try {
            Credential found =
                    new Credential(
                            PrivateKeys.first(key.get()), Pem.certificates(certificate.get()));
            return Pem.fits(found.key(), found.certificate().getPublicKey())
                    ? new Whole(found)
                    : new Broken("its key did not fit");
        } catch (Pem.Unreadable e) {
            return new Broken("it could not be read");
        }
    }

    /// Where a certificate and its key are; in HAProxy's form both are in one file.
    ///
    /// @param certificate a file in `tls/`
    /// @param key another, or the same
    record Place(String certificate, String key) {

        /// Writes the key and the certificate, to one file or to two.
        ///
        /// @return whether anything had to be done
        boolean put(Credential credential, CertificateFiles files) {
            String chain = Pem.text(credential.chain());
            String secret = Pem.text(credential.key());
            if (certificate.equals(key)) {
                return files.put(key, chain + secret, CertificateFiles.Access.OWNER);
            }
            boolean keyChanged = files.put(key, secret, CertificateFiles.Access.OWNER);
            return files.put(certificate, chain, CertificateFiles.Access.EVERYBODY) || keyChanged;
        }
    }
}
