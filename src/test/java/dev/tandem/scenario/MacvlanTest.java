package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tandem.docker.Output;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The LAN on an interface of the host. The LAN is a cable (a veth pair) to another machine (a
/// network namespace), as ens33 is one to the rest of the office.
@Tag("containers")
class MacvlanTest {
    private static final String CABLE = "tc" + TestSite.CHECK.substring(0, 5) + "lan";
    private static final String OTHER_END = "tc" + TestSite.CHECK.substring(0, 5) + "far";
    private static final String MACHINE = "tc" + TestSite.CHECK.substring(0, 5) + "pc";

    private final TestSite site = TestSite.likeTheCustomers();

    @BeforeEach
    void layTheCable() {
        Shell.answer("ip", "link", "add", CABLE, "type", "veth", "peer", "name", OTHER_END);
        Shell.answer("ip", "netns", "add", MACHINE);
        Shell.answer("ip", "link", "set", OTHER_END, "netns", MACHINE);
        Shell.answer("ip", "address", "add", site.lan(10) + "/24", "dev", CABLE);
        Shell.answer("ip", "link", "set", CABLE, "up");
        inMachine("ip", "address", "add", site.lan(20) + "/24", "dev", OTHER_END);
        inMachine("ip", "link", "set", OTHER_END, "up");
        inMachine("ip", "link", "set", "lo", "up");
    }

    @AfterEach
    void takeItAway() {
        site.close();
        Shell.answer("ip", "netns", "del", MACHINE);
        Shell.run(Shell.HOME, "ip", "link", "del", CABLE);
    }

    @Test
    void machinesOfTheLanAndThisHostReachTheVip() throws IOException {
        site.up();

        String url = "http://" + site.lan(150) + "/";
        assertThat(site.tandem("status").stdout()).contains("macvlan on " + CABLE);
        assertThat(inMachine("curl", "-sS", "--max-time", "5", url).stdout())
                .as("from a machine of the LAN")
                .contains("<h1>web-");
        assertThat(site.whoAnswers(url, 2)).as("from this host").containsOnly("web-a", "web-b");
        nobodyGetsPast();

        site.docker("stop", "haproxy-a");
        assertThat(inMachine("curl", "-sS", "--max-time", "5", url).stdout()).contains("<h1>web-");
        assertThat(site.whoAnswers(url)).startsWith("web-");

        assertThat(site.tandem("down").exit()).isZero();
        assertThat(Shell.answer("ip", "link"))
                .as("the host's own link is gone")
                .doesNotContain("tandem:" + site.name());
    }

    @Test
    void anAddressThatSomebodyHasIsFoundBeforeAnythingIsStarted() {
        inMachine("ip", "address", "add", site.lan(150) + "/24", "dev", OTHER_END);

        Output up = site.tandem("up");

        assertThat(up.exit()).isEqualTo(4);
        assertThat(up.stderr())
                .contains("vip.address: " + site.lan(150) + " is in use: ")
                .contains(" answers for it on " + CABLE)
                .contains("nothing was started or changed");
        assertThat(Shell.answer("docker", "ps", "-a", "--format", "{{.Names}}"))
                .doesNotContain(site.name());
    }

    @Test
    void anotherVipThatSomebodyHasIsRefusedWhileTheSiteServes() {
        site.up();
        inMachine("ip", "address", "add", site.lan(160) + "/24", "dev", OTHER_END);
        site.write(site.text().replace(site.lan(150).toString(), site.lan(160).toString()));

        Output apply = site.tandem("apply", "--yes");

        assertThat(apply.exit()).as(apply.stderr()).isEqualTo(4);
        assertThat(apply.stderr()).contains("vip.address: " + site.lan(160) + " is in use: ");
        assertThat(site.whoAnswers("http://" + site.lan(150) + "/")).startsWith("web-");

        inMachine("ip", "address", "del", site.lan(160) + "/24", "dev", OTHER_END);
        assertThat(site.tandem("apply", "--yes")).matches(Output::ok);
        assertThat(site.tandem("apply", "--yes").stdout()).contains("Nothing to do");
    }

    @Test
    void aNamedInterfaceIsUsedAndAnUnknownOneExplained() {
        site.write(site.text().replace("interface: auto", "interface: tcnothere"));
        Output unknown = site.tandem("up");
        assertThat(unknown.exit()).isEqualTo(4);
        assertThat(unknown.stderr())
                .contains("vip.interface: this host has no interface tcnothere")
                .contains(CABLE);

        site.write(site.text().replace("interface: tcnothere", "interface: " + CABLE));
        site.up();
        assertThat(
                        inMachine("curl", "-sS", "--max-time", "5", "http://" + site.lan(150) + "/")
                                .stdout())
                .contains("<h1>web-");
        theHostsOwnRouteIsMissed();
    }

    /// Its process stopped by a signal, then its container gone: nothing that serves shows it.
    private void theHostsOwnRouteIsMissed() {
        String container = site.container("lan-route");
        Shell.answer("docker", "kill", "-s", "STOP", container);
        TestSite.await(
                "status says so",
                () -> site.tandem("status").stdout().contains("lan-route: Docker shows its"));
        Shell.answer("docker", "rm", "--force", container);
        assertThat(site.tandem("status").stdout()).contains("lan-route: its container is absent");
        assertThat(site.tandem("apply", "--yes")).matches(Output::ok);
        assertThat(site.tandem("status").exit()).isZero();
    }

    /// A machine of the LAN that takes a balancer for a router: to a web server, and to a service
    /// of this host that listens in the inner network only. With `ip_forward` it gets there, which
    /// is the proof that nothing else is in its way.
    private void nobodyGetsPast() throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(site.network(1) + "", 0), 0);
        service.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
        service.start();
        String here = "http://" + site.network(1) + ":" + service.getAddress().getPort();
        assertThat(site.curl("--max-time", "30", here).ok()).as("it answers this host").isTrue();
        try {
            String format = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
            String web = Shell.answer("docker", "inspect", "-f", format, site.container("web-a"));
            String host = site.network(1).toString();
            List<String> inner = List.of(web + ":80", host + ":" + service.getAddress().getPort());
            assertThat(reached("haproxy-a", List.of(web, host), inner, 1)).isEmpty();
            assertThat(reached("haproxy-b", List.of(web, host), inner, 1)).isEmpty();
            System.out.println(
                    "attack | over a balancer to a web server, and to a service of the host |"
                            + " nothing, over both | -");
            forward("haproxy-a", "1");
            assertThat(reached("haproxy-a", List.of(web, host), inner, 10)).isEqualTo(inner);
            forward("haproxy-a", "0");
        } finally {
            service.stop(0);
        }
    }

    /// Which of these a machine of the LAN reaches over a balancer.
    private List<String> reached(
            String balancer, List<String> addresses, List<String> inner, int seconds) {
        String router = site.lan(balancer.endsWith("a") ? 151 : 152).toString();
        for (String address : addresses) {
            inMachine("ip", "route", "replace", address + "/32", "via", router);
        }
        return inner.stream()
                .filter(to -> inMachine("curl", "-sS", "-m", "" + seconds, "http://" + to).ok())
                .toList();
    }

    /// From outside: no program of a balancer can.
    private void forward(String balancer, String word) {
        String pid =
                Shell.answer("docker", "inspect", "-f", "{{.State.Pid}}", site.container(balancer));
        String write = "echo " + word + " >/proc/sys/net/ipv4/ip_forward";
        Shell.answer("nsenter", "--target", pid, "--net", "sh", "-c", write);
    }

    private static Output inMachine(String... argv) {
        String[] all = new String[argv.length + 4];
        System.arraycopy(new String[] {"ip", "netns", "exec", MACHINE}, 0, all, 0, 4);
        System.arraycopy(argv, 0, all, 4, argv.length);
        return Shell.run(Shell.HOME, all);
    }
}
