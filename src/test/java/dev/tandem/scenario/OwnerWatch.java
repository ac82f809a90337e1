package dev.tandem.scenario;

import java.time.Instant;
import java.util.List;

/// `vip-watch` in the network of a container: who claimed the VIP on the LAN, and when.
final class OwnerWatch implements AutoCloseable {
    private final String container;

    private OwnerWatch(String container) {
        this.container = container;
    }

    /// One line of it.
    ///
    /// @param at seconds since 1970
    /// @param macs who claimed it from then on, with commas between them; `none` for nobody
    record Span(double at, String macs) {
        Instant time() {
            return Instant.ofEpochMilli(Math.round(at * 1000));
        }
    }

    /// Begins.
    ///
    /// @param where the container whose network it watches from
    /// @param address the last number of that container's address on the LAN
    static OwnerWatch of(TestSite site, String where, int address) {
        return new OwnerWatch(
                Shell.type(
                        "docker run --detach --label dev.tandem.check="
                                + TestSite.CHECK
                                + " --network container:"
                                + where
                                + " --cap-drop ALL --cap-add NET_RAW --entrypoint vip-watch "
                                + site.balancerImage()
                                + " "
                                + site.lan(address)
                                + " "
                                + site.lan(150)));
    }

    /// The same, from a machine on the LAN that is no part of the site, and stays whatever becomes
    /// of the balancers.
    static OwnerWatch of(TestSite site, LanClient client) {
        String address = client.address();
        String last = address.substring(address.lastIndexOf('.') + 1);
        return of(site, client.container(), Integer.parseInt(last));
    }

    /// All that it has said so far.
    List<Span> spans() {
        return Shell.answer("docker", "logs", container)
                .lines()
                .map(line -> line.split(" ", -1))
                .map(words -> new Span(Double.parseDouble(words[0]), words[2]))
                .toList();
    }

    /// Who claims it now; empty before its first word.
    String now() {
        List<Span> spans = spans();
        return spans.isEmpty() ? "" : spans.getLast().macs();
    }

    @Override
    public void close() {
        Shell.run(Shell.HOME, "docker", "rm", "--force", container);
    }
}
