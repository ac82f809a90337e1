package dev.tandem.render;

import dev.tandem.model.Lan;
import dev.tandem.model.Orders;
import dev.tandem.model.OwnLines;
import dev.tandem.model.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One of `examples/front-doors`: what a public pair does, as a site file.
///
/// @param name of the file
/// @param yaml its text
public record FrontDoor(String name, String yaml) {
    private static final String MISSING = "# missing: ";

    /// All of them, by name.
    public static List<FrontDoor> all() {
        Path directory = RenderCase.home().resolve("examples/front-doors");
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file ->
                            new FrontDoor(file.getFileName().toString(), RenderCase.text(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The second line: whose it is, and which features.
    String head() {
        return yaml.lines().skip(1).findFirst().orElse("");
    }

    /// What of that no key can say; empty when all of it stands in the file.
    public Optional<String> missing() {
        return yaml.lines()
                .filter(line -> line.startsWith(MISSING))
                .map(line -> line.substring(MISSING.length()))
                .findFirst();
    }

    /// The site, with certificates that are there.
    public Site site() {
        return RenderCase.read(yaml);
    }

    /// Whether some of it stands there as lines of HAProxy's own.
    boolean hasOwnLines() {
        return !site().frontDoor().haproxy().equals(OwnLines.NONE);
    }

    /// Any site file, rendered with certificates that are there.
    public static Rendering rendered(String yaml) {
        Setting usual = RenderCase.setting(new Lan.Bridge());
        Setting answering =
                new Setting(
                        usual.lan(),
                        usual.images(),
                        usual.contentBase(),
                        usual.certificates(),
                        usual.certificateName(),
                        Optional.of("6Zd2GxyUqg5rTrqjJoRBxt3EXWyhLOiV4KEqFKnVZ-s"));
        Site site = RenderCase.read(yaml);
        boolean asks = site.tls().acme().isPresent();
        return Renderer.render(site, asks ? answering : usual, Orders.NONE);
    }

    /// A certificate and its key, whatever it is called.
    public static byte[] pem() {
        return new CaseSurroundings().read("any.pem").orElseThrow();
    }
}
