package dev.tandem.render;

/// Tandem's own notes beside the files: what these were made from. Their names begin with a
/// dot, and nothing that runs reads them.
public final class Notes {
    /// The text of the site file.
    public static final String SITE_FILE = ".tandem.yaml";

    /// The stamp of every Compose service.
    public static final String SERVICES = ".services";

    /// What operators ask for.
    public static final String ORDERS = ".orders";

    /// How the LAN is built.
    public static final String LAN = ".lan";

    /// The images that the containers run.
    public static final String IMAGES = ".images";

    /// When the certificate that clients see expires.
    public static final String CERTIFICATE_ENDS = ".certificate-ends";

    /// On a machine: which change wrote what lies there, and whose.
    public static final String APPLIED = ".applied";

    /// What was written last, in the format of `sha256sum`: hash, two spaces, path.
    public static final String WRITTEN = ".rendered";

    /// What the real programs accepted.
    public static final String ACCEPTED = ".accepted";

    /// What a drill's requests show: made once, it outlives changes and rollbacks.
    public static final String DRILL_SECRET = ".drill-secret";

    /// The journal of the change in progress.
    public static final String JOURNAL = ".journal";

    /// The directory with what there is of a CA (`tls.acme`); it belongs to no state.
    public static final String ACME = ".acme";

    /// The format of the directory, and which version of Tandem wrote it.
    public static final String FORMAT = ".format";

    private Notes() {}
}
