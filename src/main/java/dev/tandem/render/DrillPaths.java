package dev.tandem.render;

/// Paths that every web server of ours answers for drills (`nginx.conf`), harmless between them.
public final class DrillPaths {
    /// An answer that is under way for seconds.
    public static final String SLOW = "/tandem-drill/slow";

    /// A POST that must not run twice.
    public static final String UPLOAD = "/tandem-drill/upload";

    /// Nginx's own: the request by which it is made to read a whole body first.
    static final String WHOLE = "/tandem-drill/whole";

    private DrillPaths() {}
}
