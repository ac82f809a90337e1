package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import dev.tandem.model.Site;

/// nginx.conf of one of the site's own web servers: HTTP on 80, HTTPS on 443, one directory.
final class NginxConf {
    private NginxConf() {}

    static String render(Site site, Server.Own server) {
        ConfigText text = new ConfigText();
        process(text, site, server);
        clients(text, site);
        askers(text, site);
        heads(text, site);
        ContentDelivery.add(text, server);
        encryption(text);
        drillers(text);
        server(text, site, server);
        return text.toString();
    }

    private static void process(ConfigText text, Site site, Server.Own server) {
        text.add(
                """
                # nginx.conf of %s, site %s.
                # Written by Tandem from tandem.yaml; change it there.

                user www-data;
                worker_processes auto;
                pid /run/nginx.pid;
                error_log stderr warn;

                # A reload lets running requests end, but not for ever; so does SIGQUIT (docker stop),
                # after which Docker kills what is left (compose.yaml, stop_grace_period).
                worker_shutdown_timeout 15m;

                events {
                    worker_connections 4096;
                }

                http {
                    include /etc/nginx/mime.types;
                    default_type application/octet-stream;
                    charset utf-8;
                    server_tokens off;
                    sendfile on;
                    tcp_nopush on;

                    # Longer than the balancers keep an idle connection for reuse: it is they who close.
                    keepalive_timeout 120s;
                    keepalive_requests 100000;
                """,
                server.name(), site.name());
    }

    private static void clients(ConfigText text, Site site) {
        text.add(
                """

                    # The true client address comes from the balancers, and from nobody else.
                """);
        for (Balancer balancer : site.balancers()) {
            text.add("    set_real_ip_from %s;\n", balancer.address());
        }
        text.add(
                """
                    real_ip_header X-Forwarded-For;

                    # Health checks of the balancers are not logged. At the end of a line stands the id
                    # that the request carried in X-Tandem-Id, as a drill's requests do; without one: -
                    map $http_user_agent $of_a_client {
                        default         1;
                        tandem-check    0;
                    }
                    log_format clients '$remote_addr - [$time_iso8601] "$request" $status '
                                       '$body_bytes_sent "$http_referer" "$http_user_agent" '
                                       '$http_x_forwarded_proto by $realip_remote_addr '
                                       'id=$http_x_tandem_id';
                    access_log /dev/stdout clients if=$of_a_client;
                    log_format ran 'ran id=$http_x_tandem_id method=$request_method';
                """);
    }

    /// On the LAN anybody could ask a web server, past the balancers. `allow` and `deny` would see
    /// the address that the balancers pass on, which is the client's.
    private static void askers(ConfigText text, Site site) {
        if (!site.hasMachines()) {
            return;
        }
        text.add(
                """

                    # This web server stands on the LAN, and answers the balancers alone. By the address that
                    # asks: for allow and deny below, it is the client's already.
                    geo $realip_remote_addr $of_a_balancer {
                        default         0;
                """);
        for (Balancer balancer : site.balancers()) {
            text.add("        %-15s 1;\n", balancer.address());
        }
        text.add("    }\n");
    }

    private static void heads(ConfigText text, Site site) {
        text.add(
                """

                    # The balancers bound the headers (listen.header_size); one line may be all of them.
                    large_client_header_buffers 4 %sk;

                    # "Location: /photos/" for /photos: Nginx does not know the port that the client uses, which
                    # is the balancers', nor whether it is theirs for HTTPS.
                    absolute_redirect off;
                """,
                site.listen().headerSize() + 1);
    }

    /// The same as the balancers offer to clients ({@link Encryption}): they are the clients here.
    private static void encryption(ConfigText text) {
        text.add(
                """

                    # As the balancers offer it to clients. Sessions are kept here, not in tickets: a ticket's key
                    # would have to be changed every day.
                    ssl_protocols             TLSv1.2 TLSv1.3;
                    ssl_ciphers               %s;
                    ssl_ecdh_curve            %s;
                    ssl_prefer_server_ciphers off;
                    ssl_session_tickets       off;
                    ssl_session_cache         shared:tls:1m;
                """,
                Encryption.CIPHERS, Encryption.CURVES);
    }

    /// Without the file, which is made and not rendered, nobody is believed.
    private static void drillers(ConfigText text) {
        text.add(
                """

                    # The paths for drills below answer only those that show the site's secret in X-Tandem-Drill.
                    # It stands in a file of its own, so that this one is the same for everybody.
                    map $http_x_tandem_drill $of_a_drill {
                        default    0;
                        include    %s/%s;
                    }
                """,
                Layout.Mounted.TLS, Layout.Tls.DRILL_INCLUDE);
    }

    private static void server(ConfigText text, Site site, Server.Own server) {
        text.add(
                """

                    server {
                        listen 80 default_server;
                        listen 443 ssl default_server;
                        http2 on;
                        server_name _;

                        ssl_certificate     %1$s/%2$s;
                        ssl_certificate_key %1$s/%3$s;

                        root %4$s;
                        index index.html;
                        add_header X-Served-By %5$s always;
                        %6$s
                """,
                Layout.Mounted.TLS,
                Layout.Tls.SERVER_FILE,
                Layout.Tls.SERVER_KEY_FILE,
                Layout.Mounted.CONTENT,
                server.name(),
                ContentDelivery.header(server));
        refusal(text, site);
        content(text);
        slow(text);
        upload(text);
        text.add(
                """
                    }
                """);
        loaded(text, site);
        text.add("}\n");
    }

    private static void refusal(ConfigText text, Site site) {
        if (site.hasMachines()) {
            text.add(
                    """

                            if ($of_a_balancer = 0) {
                                return 403;
                            }
                    """);
        }
    }

    /// What is no page is not served.
    private static void content(ConfigText text) {
        text.add(
                """

                        # A link is followed to what belongs to its owner. The workers' user may enter no directory
                        # of the image, so that a link of root's leads nowhere outside either.
                        disable_symlinks if_not_owner from=$document_root;

                        location / {
                            try_files $uri $uri/ =404;
                        }

                        # What begins with a dot is not meant for clients: .git, .env, .htpasswd. The exception is
                        # /.well-known/ (RFC 8615), and in it the same holds.
                        location ~ "^/(?:\\.(?!well-known(?:/|$))|.+/\\.)" {
                            return 404;
                        }
                """);
    }

    /// Balancers ask all web servers at once: a command in each of a hundred containers would take
    /// a minute.
    private static void loaded(ConfigText text, Site site) {
        text.add(
                """

                    # What this web server was started with, or last reloaded, for `tandem status`; clients of the
                    # balancers do not get here.
                    server {
                        listen 8404;
                        access_log off;
                        location = /loaded {
                """);
        for (Balancer balancer : site.balancers()) {
            text.add("            allow %s;\n", balancer.address());
        }
        text.add(
                """
                            deny all;
                            default_type text/plain;
                            alias /run/tandem/loaded;
                        }
                        location / {
                            return 404;
                        }
                    }
                """);
    }

    /// A path that `tandem drill` requests: an answer that takes several seconds.
    private static void slow(ConfigText text) {
        text.add(
                """

                        # For drills, as the next one; harmless between them: no file of the site is read or
                        # written. A fixed answer of 96 KiB that takes 3 s: 2 KiB every 62 ms. limit_rate
                        # alone would send a second's worth at once; tcp_nopush would hold pieces back.
                        location = %s {
                            if ($of_a_drill = 0) {
                                return 404;
                            }
                            alias /srv/drill/slow;
                            default_type text/plain;
                            gzip off;
                            limit_rate 32k;
                            sendfile_max_chunk 2k;
                            tcp_nopush off;
                        }
                """,
                DrillPaths.SLOW);
    }

    /// The other path: a request that must not run twice. The application is a location, not a
    /// separate server that Nginx would ask: a graceful stop of Nginx closes its listeners while
    /// requests still run, and a unix socket would outlive a kill and keep Nginx from starting.
    private static void upload(ConfigText text) {
        text.add(
                """

                        # A POST that must not run twice. mirror makes Nginx read the whole body first (in
                        # memory: a file would be a warning for each). empty_gif then refuses the POST, and
                        # so leads to @ran, which stands for the application: it logs one line for each time
                        # that it ran. A body that breaks off, or is longer than 1m, never gets there.
                        location = %1$s {
                            if ($of_a_drill = 0) {
                                return 404;
                            }
                            if ($request_method != POST) {
                                return 404;
                            }
                            client_max_body_size 1m;
                            client_body_buffer_size 1m;
                            mirror %2$s;
                            empty_gif;
                            error_page 405 = @ran;
                        }
                        location = %2$s {
                            internal;
                            return 204;
                        }
                        location @ran {
                            access_log /dev/stdout clients;
                            access_log /dev/stdout ran;
                            default_type text/plain;
                            return 200 "ran\\n";
                        }
                """,
                DrillPaths.UPLOAD, DrillPaths.WHOLE);
    }
}
