package dev.tandem.house.wrong.load;

import java.net.http.HttpClient;

/// Breaks rules of the house on purpose: a sample for the tests of those rules.
public final class Wrong {
    private Wrong() {}

    /// Asks again by itself.
    record Asks(HttpClient client) {}

    /// Takes many threads, where one may.
    static final class MayLinger {
        Thread linger() {
            return Thread.startVirtualThread(() -> {});
        }
    }
}
