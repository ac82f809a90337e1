package dev.tandem.scenario;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A machine on the LAN of a test site that is no part of the site: it asks the VIP as any client
/// does, and ARP told its kernel who owns the VIP. One of its own for each question about ARP,
/// because what this host's kernel knows is one client's view only.
final class LanClient implements AutoCloseable {
    private static final Pattern MAC = Pattern.compile("lladdr (\\S+)");

    private final TestSite site;
    private final String container;

    private LanClient(TestSite site, String container) {
        this.site = site;
        this.container = container;
    }

    /// Puts it on the LAN of a site that is up.
    static LanClient of(TestSite site, String name) {
        LanClient client = new LanClient(site, site.container(name));
        String tls = site.rendered().resolve("tls/balancer") + ":/etc/tandem-tls:ro";
        Shell.type(
                "docker run --detach --name "
                        + client.container
                        + " --label dev.tandem.check="
                        + TestSite.CHECK
                        + " --network "
                        + site.name()
                        + "_lan --cap-drop ALL --cap-add NET_ADMIN --volume "
                        + tls
                        + " --entrypoint sleep "
                        + site.balancerImage()
                        + " 600");
        return client;
    }

    /// Asks the VIP over HTTP and HTTPS, so many times each, every time over a new connection.
    /// Returns what came, `http 200` for one.
    List<String> ask(int times) {
        String vip = vip();
        String probe = "docker exec %s probe %s 80 443 %s %d".formatted(container, vip, vip, times);
        return Shell.type(probe).lines().toList();
    }

    /// Whom its kernel sends packets for the VIP to; empty when it does not know.
    String owner() {
        String show = "docker exec " + container + " ip neighbour show " + vip() + " dev eth0";
        Matcher entry = MAC.matcher(Shell.type(show));
        return entry.find() ? entry.group(1) : "";
    }

    /// Its kernel forgets who owns the VIP, and has to ask the LAN again.
    void forget() {
        String delete = "ip neighbour delete " + vip() + " dev eth0";
        Shell.run(site.directory(), ("docker exec " + container + " " + delete).split(" ", -1));
    }

    String container() {
        return container;
    }

    /// Its own on the LAN.
    String address() {
        String network = "(index .NetworkSettings.Networks \"" + site.name() + "_lan\")";
        String format = "{{" + network + ".IPAddress}}";
        return Shell.answer("docker", "inspect", "--format", format, container);
    }

    private String vip() {
        return site.lan(150).toString();
    }

    @Override
    public void close() {
        Shell.run(site.directory(), "docker", "rm", "--force", container);
    }
}
