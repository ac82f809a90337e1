package dev.tandem.docker.fake;

import dev.tandem.docker.Attachment;
import dev.tandem.docker.Await;
import dev.tandem.docker.Command;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Nodes;
import dev.tandem.docker.Runner;
import dev.tandem.docker.Volumes;
import dev.tandem.prepare.SiteDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Everything that Tandem tells an engine while it changes a site, once: a site is made out of its
/// rendered directory, changed in every way, and removed. The commands are those of {@link Docker},
/// {@link Nodes} and {@link Volumes}, and the programs of the images.
///
/// What takes a moment is awaited by looks that are not written down.
final class EngineScript {
    /// Addresses as in the shipped tandem.yaml, which each engine replaces by its own.
    static final String SITE_FILE =
            """
            vip: {address: 192.168.0.150}
            balancers:
              haproxy-a: {hostname: bl1, address: 172.20.0.50}
              haproxy-b: {hostname: bl2, address: 172.20.0.60}
            servers:
              web-a: {address: 172.20.0.11}
              web-b: {address: 172.20.0.12}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Runner quiet;
    private final Await await;
    private final Transcript transcript;
    private final Normal normal;
    private final SiteDirectory directory;
    private final Docker docker;
    private final Nodes nodes;

    /// @param engine what is told
    /// @param await its time
    EngineScript(Runner engine, Await await, Normal normal) {
        this.quiet = engine;
        this.await = await;
        this.normal = normal;
        this.directory = normal.directory();
        this.transcript = new Transcript(engine, normal);
        this.docker = new Docker(transcript);
        this.nodes = new Nodes(transcript, await);
    }

    /// Plays it; returns what was said.
    ///
    /// @param image of the balancers
    String play(String image) {
        images(image);
        volumes();
        start();
        statesOfServers();
        reloads();
        duties();
        addresses();
        asksAndChecks(image);
        pauses();
        stops();
        attachments();
        shows();
        another();
        ends();
        return transcript.toString();
    }

    private String container(String node) {
        return normal.site() + "-" + node;
    }

    private void exec(String node, String... argv) {
        docker.exec(container(node), LIMIT, argv);
    }

    /// What a node says of itself; not written down.
    private String look(String node) {
        List<String> argv = List.of("docker", "exec", container(node), "node-state");
        return quiet.run(Command.of(LIMIT, argv)).stdout();
    }

    /// Looks until it is so.
    private void until(String node, Predicate<String> state) {
        if (await.until(PATIENCE, () -> Optional.of(look(node)).filter(state)).isEmpty()) {
            throw new AssertionError(node + " says: " + look(node));
        }
    }

    /// Both balancers see all web servers up, and this one holds the VIP.
    private void untilWell(String holder) {
        for (String node : List.of("haproxy-a", "haproxy-b")) {
            until(node, EngineScript::seesAll);
            until(node, text -> text.contains("vip=here") == node.equals(holder));
            until(node, text -> text.contains("arp=") != node.equals(holder));
        }
    }

    private static boolean seesAll(String text) {
        return text.lines().filter(line -> line.startsWith("web")).count() == 4
                && text.lines()
                        .filter(line -> line.startsWith("web"))
                        .allMatch(line -> line.contains(",UP,") && line.contains("L7OK"));
    }

    private void states() {
        List.of("haproxy-a", "haproxy-b", "web-a", "web-b").forEach(n -> exec(n, "node-state"));
        String own = normal.network();
        exec(
                "haproxy-a",
                "node-state",
                "web-a=" + own + "11",
                "web-b=" + own + "12",
                "no=" + own + "13");
    }

    private void images(String image) {
        docker.engineVersion();
        docker.composeVersion();
        docker.hasImage(image);
        docker.hasImage("tandem/none:1");
    }

    private void volumes() {
        Volumes volumes = docker.volumes();
        String name = normal.site() + "_mark";
        volumes.labels(name);
        String project = normal.site() + "marks";
        volumes.create(name, Map.of("one", "1", "com.docker.compose.project", project));
        volumes.create(name, Map.of("one", "2", "two", "2"));
        volumes.labels(name);
        volumes.of(project);
        volumes.of("nobody");
        volumes.remove(name);
        volumes.remove(name);
    }

    private void compose(String... services) {
        String[] up = {"up", "--detach", "--no-deps"};
        String[] all =
                java.util.stream.Stream.of(up, services)
                        .flatMap(java.util.Arrays::stream)
                        .toArray(String[]::new);
        docker.compose(directory.root(), line -> {}, all);
    }

    private void start() {
        docker.containers(normal.site());
        docker.exec(container("haproxy-a"), LIMIT, "node-state");
        compose("haproxy-a", "haproxy-b", "web-a", "web-b");
        untilWell("haproxy-a");
        docker.containers(normal.site());
        docker.networks();
        states();
        compose("haproxy-a", "haproxy-b", "web-a", "web-b");
    }

    private void statesOfServers() {
        exec("haproxy-a", "runtime", "show stat -1 1 -1");
        exec("haproxy-a", "runtime", "show stat -1 4 -1");
        exec(
                "haproxy-a",
                "runtime",
                "set server web/web-b state drain",
                "set server web/web-b weight 20%",
                "set server last-resort/web-b state drain");
        until("haproxy-a", text -> text.contains(",DRAIN,"));
        exec("haproxy-a", "node-state");
        exec("haproxy-a", "runtime", "set server web/web-b state maint");
        exec("haproxy-a", "node-state");
        exec("haproxy-a", "runtime", "set server web/web-c state drain");
        exec("haproxy-a", "runtime", "set server none/web-b state drain");
    }

    /// What was only told to HAProxy is gone with its next reload.
    private void reloads() {
        exec("haproxy-a", "reload", "haproxy");
        untilWell("haproxy-a");
        exec("haproxy-a", "node-state");
        for (String program : List.of("keepalived", "handover", "certificate")) {
            exec("haproxy-a", "reload", program);
        }
        exec("web-a", "reload", "nginx");
        untilWell("haproxy-a");
        states();
    }

    private void duties() {
        String duty = directory.read("haproxy-a/duty");
        for (String word : List.of("yield", "maintenance")) {
            transcript.note("haproxy-a/duty says " + word);
            directory.note("haproxy-a/duty", duty.replaceAll("(?m)^serve$", word));
            untilWell("haproxy-b");
            until("haproxy-a", text -> text.contains("duty=" + word));
            states();
        }
        transcript.note("haproxy-a/duty says serve");
        directory.note("haproxy-a/duty", duty);
        untilWell("haproxy-a");
        exec("haproxy-a", "node-state");
    }

    /// The interface on the LAN.
    private String device() {
        return look("haproxy-a")
                .lines()
                .filter(line -> line.matches("address=eth\\d+ " + normal.lan() + ".*"))
                .map(line -> line.replaceFirst("address=(\\S+) .*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    private void addresses() {
        String added = normal.lan() + "77/24";
        String device = device();
        exec("haproxy-a", "ip", "address", "add", added, "dev", device);
        exec("haproxy-a", "node-state");
        exec("haproxy-a", "ip", "address", "del", added, "dev", device);
        exec("haproxy-a", "ip", "address", "del", added, "dev", device);
    }

    private void asksAndChecks(String image) {
        String asked = normal.network() + "60";
        String vip = normal.lan() + "150";
        List<String> probe =
                List.of(
                        "--network",
                        "container:" + container("haproxy-a"),
                        "--volume",
                        directory.root().resolve("tls/balancer") + ":/etc/tandem-tls:ro",
                        "--entrypoint",
                        "probe",
                        image,
                        asked,
                        "80",
                        "443",
                        vip,
                        "2");
        docker.runOnce(LIMIT, probe);
        List<String> check =
                List.of(
                        "--network",
                        "none",
                        "--cap-add",
                        "NET_ADMIN",
                        "--volume",
                        directory.root() + ":/site:ro",
                        "--entrypoint",
                        "check-configuration",
                        image,
                        "haproxy-a",
                        "haproxy-b");
        docker.runOnce(LIMIT, check);
    }

    private void pauses() {
        nodes.pause(container("web-b"));
        docker.containers(normal.site());
        exec("web-b", "node-state");
        until("haproxy-a", text -> text.contains(",DOWN,"));
        docker.unpause(container("web-b"));
        docker.unpause(container("web-b"));
        untilWell("haproxy-a");
    }

    private void stops() {
        nodes.stop(container("web-b"));
        until("haproxy-a", text -> text.contains(",DOWN,"));
        exec("web-b", "node-state");
        docker.containers(normal.site());
        compose("web-b");
        untilWell("haproxy-a");
        nodes.kill(container("haproxy-a"));
        until("haproxy-b", text -> text.contains("vip=here"));
        exec("haproxy-b", "node-state");
        exec("haproxy-a", "node-state");
        nodes.start(container("haproxy-a"));
        untilWell("haproxy-a");
    }

    /// A web server is taken off its network and put back.
    private void attachments() {
        String network = normal.site();
        String web = container("web-b");
        docker.disconnect(network, web);
        docker.disconnect(network, web);
        until("haproxy-a", text -> text.contains(",DOWN,"));
        nodes.attachments(web);
        docker.connect(network, normal.network() + "12", "web-b", web);
        docker.connect(network, normal.network() + "12", "web-b", web);
        docker.connect(network, normal.network() + "99", "none", container("none"));
        nodes.attachments(web);
        untilWell("haproxy-a");
    }

    private void shows() {
        nodes.state(container("none"));
        nodes.state(container("web-a"));
        nodes.image(container("web-a"));
        for (Attachment attachment : nodes.attachments(container("haproxy-a"))) {
            transcript.note("attached to " + attachment.network().replace(normal.site(), "SITE"));
        }
        nodes.startedWith(container("haproxy-a"));
        nodes.macs(container("haproxy-a"));
        docker.id(container("none"));
        nodes.labelled(
                List.of("com.docker.compose.project=" + normal.site(), "dev.tandem.role=web"));
        docker.members(normal.site() + "_lan");
        List<String> some = List.of(container("web-a"), container("none"), container("web-b"));
        docker.restartPolicies(some);
        docker.restartBy("no", container("web-b"));
        docker.restartBy("no", container("none"));
        docker.restartPolicies(some);
        docker.restartBy("unless-stopped", container("web-b"));
    }

    /// A container that is made of something else is another one.
    private void another() {
        Optional<String> before = docker.id(container("web-b"));
        String text = directory.read("compose.yaml");
        directory.note("compose.yaml", text.replace("hostname: web-b", "hostname: web-z"));
        compose("web-a", "web-b");
        transcript.note("another web-b: " + !docker.id(container("web-b")).equals(before));
        untilWell("haproxy-a");
        directory.note("compose.yaml", text);
        compose("none");
    }

    private void ends() {
        docker.remove(container("web-b"));
        docker.remove(container("web-b"));
        docker.containers(normal.site());
        docker.composeProject(normal.site(), line -> {}, "down", "--remove-orphans");
        docker.containers(normal.site());
        docker.networks();
    }
}
