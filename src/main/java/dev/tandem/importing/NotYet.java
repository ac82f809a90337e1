package dev.tandem.importing;

import java.util.Map;
import java.util.Optional;

/// What a site file cannot say yet, by the directive or the option of a server that says it. In one
/// place, so that it is shorter by a line for each key that comes.
final class NotYet {
    private static final Map<String, String> WORDS =
            Map.ofEntries(
                    Map.entry(
                            "cookie",
                            "not yet: sessions by a cookie of the application; sticky: cookie"
                                    + " makes one of its own"),
                    Map.entry("appsession", "not yet: sessions by a cookie of the application"),
                    Map.entry(
                            "stick",
                            "not yet: sessions that stay by anything else than the address"),
                    Map.entry("stick-table", "not yet: tables of your own"),
                    Map.entry("peer", "not yet: tables that balancers tell each other"));

    private NotYet() {}

    static Optional<String> of(String word) {
        return Optional.ofNullable(WORDS.get(word));
    }
}
