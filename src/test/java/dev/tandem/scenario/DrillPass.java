package dev.tandem.scenario;

import dev.tandem.load.Pass;
import dev.tandem.prepare.DrillSecret;
import dev.tandem.prepare.SiteDirectory;
import java.security.SecureRandom;

/// What the web servers of a test site answer the paths for drills to.
final class DrillPass {
    private DrillPass() {}

    /// Made when the site has none yet.
    static Pass of(TestSite site) {
        SiteDirectory directory = new SiteDirectory(site.rendered());
        return new Pass(DrillSecret.of(directory, new SecureRandom()).value());
    }

    /// The header that shows it.
    static String header(TestSite site) {
        return Pass.HEADER + ": " + of(site).value();
    }
}
