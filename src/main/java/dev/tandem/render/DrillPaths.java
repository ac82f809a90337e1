package dev.tandem.render;

/// Paths that each of the site's own web servers answers for drills (`nginx.conf`), harmless
/// otherwise.
public final class DrillPaths {
    /// An answer that takes several seconds.
    public static final String SLOW = "/tandem-drill/slow";

    /// A POST that must not run twice.
    public static final String UPLOAD = "/tandem-drill/upload";

    /// Internal to Nginx: the request that makes it read a whole body first.
    static final String WHOLE = "/tandem-drill/whole";

    private DrillPaths() {}
}
