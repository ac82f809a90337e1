package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import dev.tandem.model.Site;

/// nginx.conf of one web server of ours: HTTP on 80, HTTPS on 443, one directory.
final class NginxConf {
    private NginxConf() {}

    static String render(Site site, Server.Own server) {
        Text text = new Text();
        process(text, site, server);
        clients(text, site);
        server(text, server);
        return text.toString();
    }

    private static void process(Text text, Site site, Server.Own server) {
        text.add(
                """
                # nginx.conf of %s, site %s.
                # Written by Tandem from tandem.yaml; change it there.

                user www-data;
                worker_processes auto;
                pid /run/nginx.pid;
                error_log stderr warn;

                # SIGQUIT (docker stop) lets running requests end, but not for ever.
                worker_shutdown_timeout 10s;

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

    private static void clients(Text text, Site site) {
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

                    # Health checks of the balancers are not logged.
                    map $http_user_agent $of_a_client {
                        default         1;
                        tandem-check    0;
                    }
                    log_format clients '$remote_addr - [$time_iso8601] "$request" $status '
                                       '$body_bytes_sent "$http_referer" "$http_user_agent" '
                                       '$http_x_forwarded_proto by $realip_remote_addr';
                    access_log /dev/stdout clients if=$of_a_client;
                """);
    }

    private static void server(Text text, Server.Own server) {
        text.add(
                """

                    server {
                        listen 80 default_server;
                        listen 443 ssl default_server;
                        http2 on;
                        server_name _;

                        ssl_certificate     /etc/tandem-tls/server.pem;
                        ssl_certificate_key /etc/tandem-tls/server.key;
                        ssl_protocols       TLSv1.2 TLSv1.3;
                        ssl_session_cache   shared:tls:1m;

                        root /srv/content;
                        index index.html;
                        add_header X-Served-By %s always;

                        location / {
                            try_files $uri $uri/ =404;
                        }
                    }
                }
                """,
                server.name());
    }
}
