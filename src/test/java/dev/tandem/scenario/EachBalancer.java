package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Asks each balancer of a pair over HTTP and over HTTPS, at its own address on the LAN, so that one
/// that answers otherwise than its peer is seen.
final class EachBalancer {
    private static final List<Integer> BALANCERS = List.of(151, 152);

    private final TestSite site;
    private final String host;

    /// @param host the name that is asked for
    EachBalancer(TestSite site, String host) {
        this.site = site;
        this.host = host;
    }

    /// All that comes of a request: the status, the web server, and the cookie that it sets.
    ///
    /// @param turns how often each is asked
    /// @param options of curl
    Set<String> of(int turns, String... options) {
        String how = "%{http_code} %header{x-served-by} %header{set-cookie}\n";
        List<String> arguments = new ArrayList<>(List.of("-w", how));
        List<String> urls = urls("/");
        for (int i = 0; i < turns; i++) {
            urls.forEach(url -> arguments.addAll(List.of("-o", "/dev/null", url)));
        }
        return lines(arguments, options);
    }

    /// All pages that clients see, each with what the balancer says of it.
    Set<String> pages() {
        String how = "%{http_code} %header{content-type} %header{x-balancer}\n";
        List<String> arguments = new ArrayList<>(List.of("--max-time", "30", "-w", how));
        arguments.addAll(urls("/images/"));
        return lines(arguments);
    }

    private List<String> urls(String path) {
        return BALANCERS.stream()
                .flatMap(one ->
                        List.of("http", "https").stream()
                                .map(scheme -> scheme + "://" + site.lan(one) + path))
                .toList();
    }

    private Set<String> lines(List<String> arguments, String... options) {
        List<String> all = new ArrayList<>(List.of("--http1.1", "-H", "Host: " + host));
        all.addAll(List.of(options));
        all.addAll(arguments);
        Output output = site.curl(all.toArray(String[]::new));
        assertThat(output.ok()).as(output.stderr()).isTrue();
        Set<String> lines = new TreeSet<>();
        output.stdout().lines().forEach(line -> lines.add(line.strip()));
        return lines;
    }
}
