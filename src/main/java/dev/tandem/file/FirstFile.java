package dev.tandem.file;

import java.util.List;

/// The text of a site file for somebody who has none yet: what was answered, and as comments what
/// most people set next.
///
/// @param schema where an editor finds the schema, as a path or URI
/// @param site the name of the site
/// @param vip the virtual IP
/// @param servers the URLs of the web servers; an empty one is a web server that Tandem runs
/// @param names hostnames in the certificate
public record FirstFile(
        String schema, String site, String vip, List<String> servers, List<String> names) {
    private static final String OWN_BACKEND =
            """

            # backend:
            #   check: /                      # the path that must be answered
            #   balance: roundrobin           # or leastconn, source
            """;
    private static final String BACKEND =
            """

            # backend:
            #   check: /health                # a path that tells more than / does
            #   balance: roundrobin           # or leastconn, source
            """;

    public FirstFile {
        servers = List.copyOf(servers);
        names = List.copyOf(names);
    }

    /// The text.
    public String text() {
        return head() + balancersText() + serversText() + rest();
    }

    private String head() {
        return """
        # yaml-language-server: $schema=%s
        # tandem.yaml: the whole site in one file. What is commented out is the default.
        # To see what a change would do: tandem plan; to do it: tandem apply.

        site: %s

        vip:                              # the one address that clients use
          address: %s
        #   interface: auto               # the host's interface on that LAN, such as ens33
        #   gateway: 192.168.0.1          # the LAN's router; the host's, if it is on that LAN

        """
                .formatted(schema, site, vip);
    }

    private static String balancersText() {
        return """
        balancers:                        # the first is master, the next its backup
          haproxy-a:
          haproxy-b:

        """;
    }

    private String serversText() {
        StringBuilder text = new StringBuilder("servers:\n");
        for (int i = 0; i < servers.size(); i++) {
            String url = servers.get(i);
            text.append("  ").append(name(i)).append(":\n");
            if (!url.isEmpty()) {
                text.append("    url: ").append(url).append('\n');
            } else if (i == 0) {
                text.append("#     content: ./content          # your pages, not one of ours\n");
            }
        }
        return text + (servers.contains("") ? OWN_BACKEND : BACKEND);
    }

    /// `web-a` to `web-z`, then numbers.
    private static String name(int index) {
        return "web-" + (index < 26 ? String.valueOf((char) ('a' + index)) : index + 1);
    }

    private String rest() {
        return names.isEmpty()
                ? """

                # tls:                            # a certificate of the site's own CA. Yours instead:
                #   certificate: ./site.pem
                #   key: ./site.key
                """
                : """

                tls:                              # a certificate of the site's own CA, also for
                  names: [%s]
                #   certificate: ./site.pem       # or one of yours, without names
                #   key: ./site.key
                """
                        .formatted(String.join(", ", names));
    }
}
