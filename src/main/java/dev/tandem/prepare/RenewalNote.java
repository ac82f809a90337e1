package dev.tandem.prepare;

import dev.tandem.model.Renewal;

/// How it stands with the certificate that a CA gives to a site, as it is noted in its directory.
public final class RenewalNote {
    private RenewalNote() {}

    /// What is noted; {@link Renewal#NONE} when nothing is.
    public static Renewal read(SiteDirectory directory) {
        return SiteCertificates.store(directory).renewal();
    }
}
