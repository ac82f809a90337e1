package dev.tandem.importing;

import java.util.Map;
import java.util.Optional;

/// What a site file cannot say yet, by the directive or the option of a server that says it. In one
/// place, so that it is shorter by a line for each key that comes.
final class NotYet {
    private static final Map<String, String> WORDS =
            Map.ofEntries(
                    Map.entry("cookie", "not yet: sessions that stay with a web server by a cookie"),
                    Map.entry("appsession", "not yet: sessions that stay with a web server"),
                    Map.entry("stick", "not yet: sessions that stay with a web server by a table"),
                    Map.entry("stick-table", "not yet: tables of your own"),
                    Map.entry("peer", "not yet: tables that balancers tell each other"),
                    Map.entry("errorfile", "not yet: error pages of your own"),
                    Map.entry("errorfiles", "not yet: error pages of your own"),
                    Map.entry("errorloc", "not yet: error pages of your own"),
                    Map.entry("errorloc302", "not yet: error pages of your own"),
                    Map.entry("errorloc303", "not yet: error pages of your own"),
                    Map.entry("http-error", "not yet: error pages of your own"),
                    Map.entry("user", "not yet: requests with a user and a password"),
                    Map.entry("log-format", "not yet: another form of the log"),
                    Map.entry("log-format-sd", "not yet: another form of the log"),
                    Map.entry("error-log-format", "not yet: another form of the log"),
                    Map.entry("capture", "not yet: more headers in the log"),
                    Map.entry("send-proxy", "not yet: the PROXY protocol to web servers"),
                    Map.entry("send-proxy-v2", "not yet: the PROXY protocol to web servers"),
                    Map.entry("http_auth", "not yet: requests with a user and a password"),
                    Map.entry("proto", "not yet: HTTP/2 to web servers"),
                    Map.entry("alpn", "not yet: HTTP/2 to web servers"));

    private NotYet() {}

    static Optional<String> of(String word) {
        return Optional.ofNullable(WORDS.get(word));
    }
}
