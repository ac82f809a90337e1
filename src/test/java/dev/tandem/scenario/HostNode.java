package dev.tandem.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A node whose network outlives its balancer, as a host's does when the balancer's container is on
/// the host's own network (`network_mode: host`).
///
/// The host is a container that only sleeps and owns the networks, the addresses and the sysctls.
/// The balancer joins it (`--network container:NODE`), and is in all else what Compose made: the
/// same image, environment, files and capabilities, read from the container that it replaces. So
/// its death leaves addresses, neighbours and packet filter as they are, and this machine's own
/// network is not touched.
final class HostNode implements AutoCloseable {
    private final TestSite site;
    private final String balancer;
    private final String node;

    /// @param balancer `haproxy-a`
    /// @param node what the host is called: `node-a`
    HostNode(TestSite site, String balancer, String node) {
        this.site = site;
        this.balancer = balancer;
        this.node = node;
    }

    /// Puts both in the place of the container that Compose made.
    void replace() {
        List<List<String>> networks =
                facts(
                                "{{range $n, $v := .NetworkSettings.Networks}}"
                                        + "{{$n}} {{$v.IPAMConfig.IPv4Address}}{{println}}{{end}}")
                        .stream()
                        .map(line -> List.of(line.split(" ", -1)))
                        .toList();
        List<String> host = host(networks.getFirst());
        List<String> joined = balancer();
        docker("rm", "--force", site.container(balancer));
        docker(host.toArray(String[]::new));
        for (List<String> more : networks.subList(1, networks.size())) {
            docker("network", "connect", "--ip", more.get(1), more.get(0), site.container(node));
        }
        docker("start", site.container(node));
        docker(joined.toArray(String[]::new));
    }

    private List<String> host(List<String> network) {
        List<String> argv = new ArrayList<>(List.of("create", "--name", site.container(node)));
        argv.addAll(List.of("--label", "dev.tandem.check=" + TestSite.CHECK));
        argv.addAll(List.of("--network", network.get(0), "--ip", network.get(1)));
        argv.addAll(
                each("--sysctl", "{{range $k, $v := .HostConfig.Sysctls}}{{$k}}={{$v}}\n{{end}}"));
        argv.addAll(List.of("--cap-drop", "ALL", "--entrypoint", "sleep"));
        argv.addAll(List.of(site.balancerImage(), "infinity"));
        return argv;
    }

    private List<String> balancer() {
        String name = site.container(balancer);
        List<String> argv = new ArrayList<>(List.of("run", "--detach", "--name", name));
        argv.addAll(List.of("--label", "dev.tandem.check=" + TestSite.CHECK));
        argv.addAll(List.of("--network", "container:" + site.container(node)));
        argv.addAll(each("--restart", "{{.HostConfig.RestartPolicy.Name}}"));
        argv.addAll(each("--cpu-shares", "{{.HostConfig.CpuShares}}"));
        argv.addAll(each("--cap-drop", "{{range .HostConfig.CapDrop}}{{println .}}{{end}}"));
        argv.addAll(each("--cap-add", "{{range .HostConfig.CapAdd}}{{println .}}{{end}}"));
        argv.addAll(
                each("--security-opt", "{{range .HostConfig.SecurityOpt}}{{println .}}{{end}}"));
        argv.addAll(each("--env", "{{range .Config.Env}}{{println .}}{{end}}"));
        argv.addAll(each("--volume", "{{range .Mounts}}{{.Source}}:{{.Destination}}:ro\n{{end}}"));
        argv.add(site.balancerImage());
        return argv;
    }

    private List<String> each(String option, String format) {
        return facts(format).stream().flatMap(value -> Stream.of(option, value)).toList();
    }

    private List<String> facts(String format) {
        return inspect(balancer, format).lines().filter(line -> !line.isBlank()).toList();
    }

    private String inspect(String which, String format) {
        return docker("inspect", "--format", format, site.container(which));
    }

    private static String docker(String... arguments) {
        return Shell.answer(
                Stream.concat(Stream.of("docker"), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    /// The hardware address of its interface on the LAN.
    String mac() {
        String network = "(index .NetworkSettings.Networks \"" + site.name() + "_lan\")";
        return inspect(node, "{{" + network + ".MacAddress}}");
    }

    /// Whether an interface on the LAN has the VIP. The one on `lo` is always there.
    boolean holdsVip() {
        String show = "ip -o -4 address show to " + site.lan(150) + "/32";
        return docker(("exec " + site.container(node) + " " + show).split(" ", -1))
                .lines()
                .anyMatch(line -> !line.contains(" lo "));
    }

    /// Kills the whole container of the balancer, from outside of the engine, as a lack of memory
    /// does: the engine starts it again by its restart policy.
    void crash() {
        int process = Integer.parseInt(inspect(balancer, "{{.State.Pid}}"));
        if (process <= 1) { // 0: it does not run; to `kill`, that is everybody
            throw new AssertionError(site.container(balancer) + " does not run");
        }
        Shell.type("kill -KILL " + process);
    }

    /// Kills a program of the balancer, as soon as it runs.
    void kill(String program) {
        TestSite.await(
                program + " runs, and is killed", () -> site.signal("KILL", balancer, program));
    }

    /// What the balancer has logged since its last start.
    List<String> logged() {
        List<String> all = site.log(balancer).lines().toList();
        return all.subList(Math.max(0, all.lastIndexOf(firstWords(all))), all.size());
    }

    private static String firstWords(List<String> all) {
        return all.stream().filter(line -> line.startsWith("init: LAN ")).findFirst().orElse("");
    }

    @Override
    public void close() {
        for (String each : List.of(balancer, node)) {
            Shell.run(site.directory(), "docker", "rm", "--force", site.container(each));
        }
    }
}
