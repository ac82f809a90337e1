package dev.tandem.docker.fake;

import dev.tandem.docker.Await;
import dev.tandem.docker.Runner;
import dev.tandem.prepare.SiteDirectory;
import java.nio.file.Path;

/// The answers of a real engine, recorded.
public final class Recorded {
    /// Written by the scenario that compares it, when there is none.
    public static final Path TRANSCRIPT =
            Path.of(
                    System.getProperty("tandem.home", "."),
                    "src/test/golden/engine/transcript.txt");

    /// The site that the script makes.
    public static final String SITE_FILE = EngineScript.SITE_FILE;

    private Recorded() {}

    /// Plays the script on an engine; returns what was said.
    ///
    /// @param lan what all addresses of the LAN begin with
    /// @param network what all addresses of the inner network begin with
    public static String play(
            Runner engine, String site, String lan, String network, Path directory, String image) {
        Normal normal = new Normal(site, lan, network, new SiteDirectory(directory));
        return new EngineScript(engine, Await.real(), normal).play(image);
    }
}
