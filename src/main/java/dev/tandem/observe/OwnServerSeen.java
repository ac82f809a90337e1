package dev.tandem.observe;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a web server of ours says about itself: which files its Nginx runs, each as the SHA-256 of
/// its bytes; empty where it did not say.
///
/// @param configuration nginx.conf
/// @param certificate server.pem
public record OwnServerSeen(Optional<String> configuration, Optional<String> certificate) {
    /// It said nothing.
    public static final OwnServerSeen SILENT =
            new OwnServerSeen(Optional.empty(), Optional.empty());

    /// Understands what `node-state` prints inside of a web server: lines of key=value.
    static OwnServerSeen parse(String text) {
        Map<String, String> facts =
                text.lines()
                        .map(line -> line.split("=", 2))
                        .filter(words -> words.length == 2)
                        .collect(Collectors.toMap(w -> w[0], w -> w[1], (_, last) -> last));
        return new OwnServerSeen(
                Optional.ofNullable(facts.get("loaded")),
                Optional.ofNullable(facts.get("loaded_certificate")));
    }
}
