package dev.tandem.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Asks the balancers for what they tell of the site: the first that answers will do, for it asks
/// the others.
final class Balancers {
    /// Longer than a balancer waits for its peers.
    private static final Duration LIMIT = Duration.ofMillis(2500);

    private Balancers() {}

    /// What one of them answers; empty when none does.
    ///
    /// @param file `site.json?events=30`
    static Optional<byte[]> ask(List<URI> balancers, String file) {
        return balancers.stream().flatMap(one -> answer(one.resolve(file)).stream()).findFirst();
    }

    private static Optional<byte[]> answer(URI file) {
        try {
            HttpURLConnection asked =
                    (HttpURLConnection) file.toURL().openConnection(Proxy.NO_PROXY);
            asked.setConnectTimeout((int) LIMIT.toMillis());
            asked.setReadTimeout((int) LIMIT.toMillis());
            try (InputStream body = asked.getInputStream()) {
                return asked.getResponseCode() == HttpURLConnection.HTTP_OK
                        ? Optional.of(body.readAllBytes())
                        : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty(); // this one is dead, or does not let us ask
        }
    }
}
