package dev.tandem.render;

import dev.tandem.model.Frontend;
import dev.tandem.model.Site;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a frontend for clients listens, in haproxy.cfg, and the certificates that it shows. The
/// init reads each of these lines, and asks there (Listeners.pm).
final class Ports {
    private Ports() {}

    static void bind(ConfigText text, Site site, Frontend frontend) {
        switch (frontend.scheme()) {
            case HTTP -> {
                text.add(
                        """

                        frontend %1$s
                            bind *:%2$-5s                           # every address: the VIP comes and goes
                        """,
                        frontend.name(), frontend.port());
                frontend.more().forEach(port -> text.add("    bind *:%s\n", port));
                all(frontend).forEach(port -> Ipv6.bind(text, site, port, ""));
            }
            case HTTPS -> {
                String crt =
                        "ssl crt %s/%s%s"
                                .formatted(Layout.Mounted.TLS, Layout.Tls.SITE_FILE, named(site));
                String how = crt + " alpn h2,http/1.1" + MutualTls.ofBind(site);
                text.add(
                        """

                        frontend %1$s
                            bind *:%2$s %3$s
                        """,
                        frontend.name(), frontend.port(), how);
                frontend.more().forEach(port -> text.add("    bind *:%s %s\n", port, how));
                all(frontend).forEach(port -> Ipv6.bind(text, site, port, how));
                Quic.bind(text, site, frontend, crt);
            }
        }
    }

    private static List<Integer> all(Frontend frontend) {
        return Stream.concat(Stream.of(frontend.port()), frontend.more().stream()).toList();
    }

    /// HAProxy shows the first of them to clients that ask for none of their names.
    private static String named(Site site) {
        return site.tls().certificates().stream()
                .map(one -> " crt " + Layout.Mounted.TLS + "/" + Layout.Tls.namedFile(one.name()))
                .collect(Collectors.joining());
    }
}
