package dev.tandem.render;

import dev.tandem.model.Server;
import dev.tandem.model.Site;

/// The page of a web server for which the user gave no content: it shows which server answered.
final class DefaultPage {
    private DefaultPage() {}

    static String render(Site site, Server.Own server) {
        return new ConfigText()
                .add(
                        """
                        <!doctype html>
                        <html lang="en">
                        <meta charset="utf-8">
                        <meta name="viewport" content="width=device-width">
                        <title>%1$s</title>
                        <!-- No icon: a browser that asked for one would take the next server's turn. -->
                        <link rel="icon" href="data:,">
                        <style>
                          :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
                          body { display: grid; place-content: center; min-height: 95vh; text-align: center }
                          h1 { font-size: 4rem; margin: 0 }
                        </style>
                        <h1>%1$s</h1>
                        <p>answered for site <b>%2$s</b>. Reload: the next server answers.</p>
                        <p>Your own pages: <code>content:</code> in tandem.yaml.</p>
                        </html>
                        """,
                        server.name(), site.name())
                .toString();
    }
}
