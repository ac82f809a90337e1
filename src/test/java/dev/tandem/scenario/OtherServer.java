package dev.tandem.scenario;

import java.nio.file.Files;

/// A web server beside a test site, on its LAN: it was there already, and Tandem never touches it.
/// Any would do; this one is Nginx with a configuration of its own, and the pages of the site.
final class OtherServer implements AutoCloseable {
    /// The last number of its address.
    static final int ADDRESS = 99;

    private static final String CONFIGURATION =
            """
            events {}
            http {
                access_log off;
                server {
                    listen 8080;
                    listen 8081;
                    root /srv/content;
                    add_header X-Served-By there always;
                    location = ORDER {
                        client_body_buffer_size 1m;
                        mirror /whole;
                        empty_gif;
                        error_page 405 = @broken;
                    }
                    location = /whole {
                        internal;
                        return 204;
                    }
                    location @broken {
                        return 503;
                    }
                }
                NAMED
            }
            """;

    /// Over TLS, and with a site for one name only.
    private static final String NAMED =
            """

                ssl_certificate /etc/tandem/own.pem;
                ssl_certificate_key /etc/tandem/own.key;
                server {
                    listen 8443 ssl default_server;
                    listen 8444 ssl default_server;
                    return 404;
                }
                server {
                    listen 8443 ssl;
                    listen 8444 ssl;
                    server_name www.example.com;
                    root /srv/content;
                }
            """;

    private final String container;

    private OtherServer(String container) {
        this.container = container;
    }

    /// Starts one that answers on two ports. What a customer orders there fails, once it was read:
    /// an application that is not complete.
    static OtherServer start(TestSite site) {
        boolean named = Files.exists(site.directory().resolve("own.pem"));
        String configuration =
                CONFIGURATION
                        .replace("ORDER", UnderLoad.ORDER)
                        .replace("NAMED", named ? NAMED : "");
        site.file("other.conf", configuration);
        String container = site.container("there");
        Shell.type(
                "docker run -d --name "
                        + container
                        + (" --label dev.tandem.check=" + TestSite.CHECK)
                        + (" --network " + site.name() + "_lan --ip " + site.lan(ADDRESS))
                        + (" -v " + site.directory().resolve("other.conf"))
                        + ":/etc/tandem/nginx.conf:ro"
                        + (named ? mounted(site, "own.pem") + mounted(site, "own.key") : "")
                        + (" -v " + site.directory().resolve("pages") + ":/srv/content:ro ")
                        + Builds.once().web());
        OtherServer server = new OtherServer(container);
        String url = "http://" + site.lan(ADDRESS) + ":808[0-1]/";
        TestSite.await("it answers", () -> site.curl("--fail", url).ok());
        return server;
    }

    private static String mounted(TestSite site, String file) {
        return " -v " + site.directory().resolve(file) + ":/etc/tandem/" + file + ":ro";
    }

    String container() {
        return container;
    }

    @Override
    public void close() {
        Shell.answer("docker", "rm", "--force", container);
    }
}
