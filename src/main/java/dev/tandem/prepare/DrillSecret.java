package dev.tandem.prepare;

import dev.tandem.disk.Disk;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.render.Notes;
import dev.tandem.render.Layout.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// What the requests of a site's drills show to its web servers, which answer the paths for drills
/// to nobody else: they read whole bodies, so anybody could fill the memory of a web server there.
///
/// It is made once and kept beside the files, not among them: a change that is taken back, or a
/// rollback to a version without it, leaves it as it is, so a drill that goes on meanwhile is still
/// answered. Each web server has it in a file that only its owner reads, which `nginx.conf`
/// includes.
///
/// @param value 32 hexadecimal digits
public record DrillSecret(String value) {
    private static final int BYTES = 16;
    private static final String FORM = "[0-9a-f]{" + 2 * BYTES + "}";

    public DrillSecret {
        if (!value.matches(FORM)) {
            throw new IllegalArgumentException("a secret has another form");
        }
    }

    /// The secret of a site in its directory; made when there is none.
    ///
    /// @throws Stop when the disk refuses
    public static DrillSecret of(SiteDirectory directory, SecureRandom random) {
        Optional<DrillSecret> kept = kept(directory);
        DrillSecret secret = kept.orElseGet(() -> made(random));
        if (kept.isEmpty()) {
            put(directory.root().resolve(Notes.DRILL_SECRET), secret.value + "\n");
        }
        return secret;
    }

    /// The same for a plan that is only shown: one that is made is not kept.
    static DrillSecret shown(SiteDirectory directory, SecureRandom random) {
        return kept(directory).orElseGet(() -> made(random));
    }

    private static DrillSecret made(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new DrillSecret(HexFormat.of().formatHex(bytes));
    }

    /// The secret as it is kept; empty when there is none.
    private static Optional<DrillSecret> kept(SiteDirectory directory) {
        return Optional.of(directory.read(Notes.DRILL_SECRET).strip())
                .filter(text -> text.matches(FORM))
                .map(DrillSecret::new);
    }

    /// Gives it to each web server of the site.
    ///
    /// @param next the state that they will run
    void give(Site site, SiteDirectory next) {
        String text =
                "# What a drill's requests show in X-Tandem-Drill (nginx.conf). Made by Tandem.\n\""
                        + value
                        + "\" 1;\n";
        for (Server.Own server : site.ownServers()) {
            String path = Tls.path(Tls.drill(server.name()));
            if (!next.read(path).equals(text)) {
                put(next.root().resolve(path), text);
            }
        }
    }

    private static void put(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            Disk.replace(file, text.getBytes(StandardCharsets.US_ASCII), Disk.OWNER_ONLY_FILE);
        } catch (IOException e) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the secret for drills cannot be written",
                    file + ": " + e,
                    "no container was started or changed",
                    "ls -ld " + file.resolveSibling(".").normalize());
        }
    }

    @Override
    public String toString() {
        return "DrillSecret[not shown]";
    }
}
