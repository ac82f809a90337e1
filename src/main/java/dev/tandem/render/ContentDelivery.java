package dev.tandem.render;

import dev.tandem.model.Server;

/// How a web server of ours sends the files of its content: compressed where that saves something,
/// and so that a client never shows an old one.
final class ContentDelivery {
    private ContentDelivery() {}

    /// The header of its answers: the page that says who answered is for nobody to keep, or all web
    /// servers would seem to be the one that was asked first.
    static String header(Server.Own server) {
        return "add_header Cache-Control "
                + (server.content().isPresent() ? "$of_content;" : "no-store;");
    }

    /// Adds what goes before the servers.
    static void add(ConfigText text, Server.Own server) {
        text.add(
                """

                    # Text is compressed for clients that take it; what is short, or compressed already, is not.
                    # Requests come through the balancers, so "proxied" says nothing about the client.
                    gzip on;
                    gzip_comp_level 4;
                    gzip_min_length 1024;
                    gzip_proxied any;
                    gzip_vary on;
                    gzip_types text/css text/plain text/xml text/javascript application/javascript
                               application/json application/manifest+json application/xml
                               application/rss+xml application/atom+xml application/wasm image/svg+xml;
                """);
        if (server.content().isPresent()) {
            keeping(text);
        }
    }

    private static void keeping(ConfigText text) {
        text.add(
                """

                    # Clients keep what they got, and ask each time whether it is still the same (ETag, 304): a
                    # change of the content is seen at once. A name with a hash of 16 hexadecimal digits or more
                    # (main.3f9a2c1b7d4e5f60.js) is another one after each change: that is kept for a year.
                    map $uri $of_content {
                        default                             no-cache;
                        "~[.-][0-9a-f]{16,}\\.[a-z0-9.]+$"   "public, max-age=31536000, immutable";
                    }
                """);
    }
}
