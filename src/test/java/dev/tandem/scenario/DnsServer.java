package dev.tandem.scenario;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// A DNS server (dnsmasq) on the LAN of a site, in a network of its own there. It knows one name.
final class DnsServer implements AutoCloseable {
    /// The last number of its address.
    static final int ADDRESS = 98;

    /// The name that it knows.
    static final String NAME = "app.test";

    private final TestSite site;
    private final String place;
    private final Path hosts;
    private Process server;

    private DnsServer(TestSite site, String place, Path hosts) throws IOException {
        this.site = site;
        this.place = place;
        this.hosts = hosts;
        this.server = begin();
    }

    /// Starts one.
    ///
    /// @param addresses where the name leads to
    static DnsServer start(TestSite site, List<String> addresses) throws IOException {
        String container = site.container("dns");
        Shell.type(
                "docker run --detach --name "
                        + container
                        + (" --label dev.tandem.check=" + TestSite.CHECK)
                        + (" --network " + site.name() + "_lan --ip " + site.lan(ADDRESS))
                        + (" --cap-drop ALL --entrypoint sleep " + site.balancerImage() + " 1200"));
        String process = Shell.answer("docker", "inspect", "-f", "{{.State.Pid}}", container);
        Path hosts = site.directory().resolve("hosts");
        write(hosts, addresses);
        return new DnsServer(site, process, hosts);
    }

    private Process begin() throws IOException {
        return new ProcessBuilder(
                        "nsenter",
                        "--target",
                        place,
                        "--net",
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--pid-file=",
                        "--user=root",
                        "--no-resolv",
                        "--no-hosts",
                        "--local=/test/",
                        "--bind-interfaces",
                        "--listen-address=" + site.lan(ADDRESS),
                        "--txt-record=" + NAME + ",it exists",
                        "--addn-hosts=" + hosts)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }

    /// From now on the name leads there. Without an address it still exists, and the answer is
    /// empty.
    void says(List<String> addresses) throws IOException {
        write(hosts, addresses);
        Shell.type("kill -HUP " + server.pid());
    }

    private static void write(Path hosts, List<String> addresses) throws IOException {
        Files.writeString(
                hosts,
                addresses.stream()
                        .map(address -> address + " " + NAME + "\n")
                        .collect(Collectors.joining()));
    }

    /// It answers nothing any more.
    void away() {
        server.destroy();
        server.onExit().join();
    }

    /// It answers again: the name leads there.
    void back(List<String> addresses) throws IOException {
        write(hosts, addresses);
        server = begin();
    }

    @Override
    public void close() {
        away();
        Shell.answer("docker", "rm", "--force", site.container("dns"));
    }
}
