package dev.tandem.observe;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is known about one of the site's own web servers.
public sealed interface OwnServerSeen {
    /// What it reports about itself: which files its Nginx runs, each as the SHA-256 of its bytes;
    /// empty when not reported.
    ///
    /// @param configuration nginx.conf
    /// @param certificate server.pem
    /// @param drill the file with the secret for drills
    record Answered(
            Optional<String> configuration, Optional<String> certificate, Optional<String> drill)
            implements OwnServerSeen {
        /// One of a version that knew no such file.
        public Answered(Optional<String> configuration, Optional<String> certificate) {
            this(configuration, certificate, Optional.empty());
        }
    }

    /// It is not running, or it did not answer: what its Nginx runs is unknown.
    ///
    /// @param reason why
    record Silent(String reason) implements OwnServerSeen {}

    /// Parses the output of `node-state` in a web server: lines of key=value.
    static OwnServerSeen parse(String text) {
        Map<String, String> facts =
                text.lines()
                        .map(line -> line.split("=", 2))
                        .filter(words -> words.length == 2)
                        .collect(Collectors.toMap(w -> w[0], w -> w[1], (_, last) -> last));
        return new Answered(
                Optional.ofNullable(facts.get("loaded")),
                Optional.ofNullable(facts.get("loaded_certificate")),
                Optional.ofNullable(facts.get("loaded_drill")));
    }
}
