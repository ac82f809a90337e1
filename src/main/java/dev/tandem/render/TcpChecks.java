package dev.tandem.render;

import dev.tandem.model.Site;
import dev.tandem.model.TcpCheck;
import dev.tandem.model.TcpCheck.Protocol;
import dev.tandem.model.TcpService.Group;
import java.util.Optional;

/// The checks of TCP services in haproxy.cfg, in HAProxy's own protocols where it has them.
final class TcpChecks {
    /// For whom HAProxy asks PostgreSQL when the site file names nobody.
    private static final String USER = "haproxy";

    private TcpChecks() {}

    /// What a server is asked; nothing where a connection, or a TLS handshake, is enough.
    static void questions(ConfigText text, Site site, Group group) {
        TcpCheck check = group.service().check();
        switch (check.protocol()) {
            case TCP -> text.add("    # In rotation is who takes a connection.\n");
            case TLS -> text.add("    # In rotation is who goes through a TLS handshake.\n");
            case HTTP, HTTPS -> http(text, check, host(site, group));
            case PGSQL ->
                    text.add(
                            """
                                # In rotation is who asks this user for a password, or lets it in. The session ends
                                # there.
                                option pgsql-check user %s
                            """,
                            check.asked().orElse(USER));
            case MYSQL -> mysql(text, check.asked());
            case REDIS -> redis(text, check.asked());
            case SMTP ->
                    text.add(
                            """
                                # In rotation is who answers HELO with 2xx.
                                option smtpchk
                            """);
            case LDAP ->
                    text.add(
                            """
                                # In rotation is who answers an anonymous bind.
                                option ldap-check
                            """);
        }
    }

    private static void http(ConfigText text, TcpCheck check, String host) {
        text.add(
                """
                    # In rotation is who answers this with 2xx or 3xx.
                    option httpchk
                    http-check send meth GET uri %1$s ver HTTP/1.1 hdr Host %2$s hdr User-Agent tandem-check
                    http-check expect status 200-399
                """,
                check.asked().orElse("/"), host);
    }

    private static void mysql(ConfigText text, Optional<String> user) {
        if (user.isPresent()) {
            text.add(
                    """
                        # In rotation is who lets this user in, without a password.
                        option mysql-check user %s
                    """,
                    user.get());
        } else {
            text.add(
                    """
                        # In rotation is who says hello. Nobody logs in, and the server counts that as an error of
                        # this host: its `max_connect_errors` must allow for it.
                        option mysql-check
                    """);
        }
    }

    private static void redis(ConfigText text, Optional<String> role) {
        if (role.isEmpty()) {
            text.add(
                    """
                        # In rotation is who answers PING.
                        option redis-check
                    """);
            return;
        }
        text.add(
                """
                    # In rotation is who answers PING, and has this role by its own word: in the first 32
                    # bytes of the answer, so that nobody waits for more.
                    option tcp-check
                    tcp-check send PING\\r\\n
                    tcp-check expect string +PONG
                    tcp-check send INFO\\ replication\\r\\n
                    tcp-check expect min-recv 32 string role:%s
                    tcp-check send QUIT\\r\\n
                    tcp-check expect string +OK
                """,
                role.get());
    }

    /// How a server is asked: on which port, and over TLS. A certificate is for the clients to
    /// judge: they see that of the server itself.
    static String way(Group group) {
        TcpCheck check = group.service().check();
        boolean encrypted = check.protocol() == Protocol.TLS || check.protocol() == Protocol.HTTPS;
        String tls =
                encrypted
                        ? " check-ssl verify none"
                                + name(group).map(name -> " check-sni " + name).orElse("")
                        : "";
        return tls + check.port().map(port -> " port " + port).orElse("");
    }

    /// The name that is asked for: as the site file says, or what clients ask for.
    private static Optional<String> name(Group group) {
        return group.service()
                .check()
                .host()
                .or(() -> group.asked().filter(name -> !name.startsWith("*")));
    }

    private static String host(Site site, Group group) {
        return name(group).orElse(site.vip().address().toString());
    }
}
