package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Await;
import dev.tandem.docker.Output;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.file.Surroundings;
import dev.tandem.model.Ip4;
import dev.tandem.model.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A site that a test brings up, looks at from outside, and takes down again.
///
/// Registered with a test class, it is up before the first test and down after the last.
public final class TestSite implements AutoCloseable, BeforeAllCallback, AfterAllCallback {
    /// Of the `./check` that runs, which removes what a killed test leaves; else one of our own.
    public static final String CHECK =
            Optional.ofNullable(System.getenv("TANDEM_CHECK_ID")).orElse("manual");

    private static final String ONLOOKER = "looks-on";

    /// How long anything in these tests may take that is awaited.
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Two balancers, and two web servers with pages of ours. The checks are patient: on a machine
    /// that tests keep busy, a web server that is late must not be taken for one that is gone.
    private static final String PAIR =
            """
            vip:
              address: 192.168.0.150
            balancers:
              haproxy-a:
              haproxy-b:
            servers:
              web-a: {content: ./pages}
              web-b: {content: ./pages}
            timing:
              check_limit: 2s
              connect: 1s
              fall: 4
            """;

    private final Path directory;
    private final String name;
    private final TestSubnets subnets;

    private TestSite(Path directory, String name, TestSubnets subnets) {
        this.directory = directory;
        this.name = name;
        this.subnets = subnets;
    }

    /// A site like the shipped tandem.yaml, on subnets of its own; not yet up.
    public static TestSite likeTheCustomers() {
        return of(read(Shell.HOME.resolve("tandem.yaml")));
    }

    /// The same, whose clients stay with the web server that they had.
    static TestSite whoseClientsStay() {
        String file = read(Shell.HOME.resolve("tandem.yaml"));
        return of(file.replace("backend:\n", "backend:\n  sticky: cookie\n"));
    }

    /// Two balancers and two web servers, from which what {@link UnderLoad} asks for can be had;
    /// not yet up.
    static TestSite forLoad() {
        TestSite site = of(PAIR);
        UnderLoad.provide(site);
        return site;
    }

    /// A site of this file, whose addresses are written as in the shipped tandem.yaml. The name of
    /// the site and of the network are replaced.
    public static TestSite of(String siteFile) {
        return of(siteFile, TestSubnets.free());
    }

    /// The same, on these subnets.
    static TestSite of(String siteFile, TestSubnets subnets) {
        String name = Forks.name();
        try {
            TestSite site =
                    new TestSite(Files.createTempDirectory("tandem-" + name), name, subnets);
            site.write(siteFile);
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        up();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    /// Replaces the site file.
    public void write(String siteFile) {
        String text = subnets.in(siteFile).replace("site: tandem ", "site: " + name + " ");
        text = text.replace("name: vtnet", "name: " + name);
        if (!text.contains("site: " + name)) {
            text = "site: " + name + " \n" + text;
        }
        if (!text.contains("\nnetwork:")) {
            text += "\nnetwork:\n  name: " + name + "\n  subnet: " + subnets.network() + "\n";
        }
        file("tandem.yaml", text);
    }

    /// Writes a file beside the site file.
    public void file(String path, String text) {
        try {
            Files.createDirectories(directory.resolve(path).getParent());
            Files.writeString(directory.resolve(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The site file as it is.
    public String text() {
        return read(directory.resolve("tandem.yaml"));
    }

    /// The site that its file describes; what it refers to is there, `up` has looked.
    Site model() {
        byte[] text = text().getBytes(StandardCharsets.UTF_8);
        return switch (SiteReader.read("tandem.yaml", text, Surroundings.OF_THE_PAST)) {
            case Reading.Good(Site good) -> good;
            case Reading.Bad bad -> throw new AssertionError(bad.render());
        };
    }

    /// Runs `tandem` for the site, in this Java machine where that can be ({@link CalledTandem}).
    public Output tandem(String... arguments) {
        return CalledTandem.isProcess(arguments)
                ? typed(arguments)
                : CalledTandem.run(directory, arguments);
    }

    /// Runs `tandem` in the site's directory, as a user types it.
    Output typed(String... arguments) {
        List<String> argv = new ArrayList<>(List.of(Shell.HOME.resolve("tandem").toString()));
        argv.addAll(List.of(arguments));
        return Shell.run(directory, argv.toArray(String[]::new));
    }

    /// Brings it up; returns the answer.
    public TestSite up() {
        Builds.once();
        Output output = tandem("up");
        if (!output.ok()) {
            throw new AssertionError(
                    "tandem up ended with " + output.exit() + ":\n" + output.stderr());
        }
        return this;
    }

    public String name() {
        return name;
    }

    public Path directory() {
        return directory;
    }

    /// Where the site is rendered.
    public Path rendered() {
        return directory.resolve(".tandem").resolve(name);
    }

    /// The name of a node's container.
    public String container(String node) {
        return name + "-" + node;
    }

    /// An address on the LAN, by its last number: 150 is the VIP of the shipped file.
    public Ip4 lan(int last) {
        return subnets.lan().base().plus(last);
    }

    /// An address on the inner network, by its last number.
    public Ip4 network(int last) {
        return subnets.network().base().plus(last);
    }

    TestSubnets subnets() {
        return subnets;
    }

    /// `docker VERB` on a node, as the customer's sheet has it.
    public void docker(String verb, String node) {
        Shell.answer("docker", verb, container(node));
    }

    /// Runs a command in a node.
    public Output exec(String node, String... argv) {
        List<String> all = new ArrayList<>(List.of("docker", "exec", container(node)));
        all.addAll(List.of(argv));
        return Shell.run(directory, all.toArray(String[]::new));
    }

    /// A fact that a node says of itself; empty when it does not.
    String fact(String node, String key) {
        return exec(node, "node-state").lines().stream()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElse("");
    }

    /// Sends a signal to all processes of a program of a node; tells whether there was one.
    boolean signal(String signal, String node, String program) {
        String script =
                "found=1; for p in /proc/[0-9]*; do [ \"$(cat $p/comm)\" = "
                        + program
                        + " ] && kill -"
                        + signal
                        + " ${p#/proc/} && found=0; done; exit $found";
        return exec(node, "sh", "-c", script).ok();
    }

    /// What the init of a node and its programs have said.
    String log(String node) {
        return Shell.run(directory, "docker", "logs", container(node)).stderr();
    }

    /// HAProxy's worker: another one after a reload.
    String worker(String balancer) {
        return exec(balancer, "runtime", "show info").lines().stream()
                .filter(line -> line.startsWith("Pid: "))
                .findFirst()
                .orElseThrow();
    }

    /// `curl` with our CA: its certificate is checked, always.
    public Output curl(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("curl", "--silent", "--show-error"));
        argv.addAll(List.of("--max-time", "5"));
        argv.addAll(List.of("--cacert", rendered().resolve("tls/ca.pem").toString()));
        argv.addAll(List.of(arguments));
        return Shell.run(directory, argv.toArray(String[]::new));
    }

    /// Which web server answers at this URL; "curl N" when curl fails with that exit code.
    public String whoAnswers(String url) {
        Output output = curl("--fail", url);
        if (!output.ok()) {
            return "curl " + output.exit();
        }
        int begin = output.stdout().indexOf("<h1>");
        int end = output.stdout().indexOf("</h1>");
        return begin < 0 ? output.stdout() : output.stdout().substring(begin + 4, end);
    }

    /// Which web servers answer so many calls, one after the other.
    public List<String> whoAnswers(String url, int calls) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            answers.add(whoAnswers(url));
        }
        return answers;
    }

    /// Waits until it holds.
    ///
    /// @throws AssertionError when it does not in time
    public static void await(String what, Supplier<Boolean> condition) {
        if (Await.real()
                .until(PATIENCE, () -> condition.get() ? Optional.of(true) : Optional.empty())
                .isEmpty()) {
            throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
        }
    }

    /// Waits until `status` finds all well.
    public void awaitWell() {
        Supplier<Boolean> isWell = () -> tandem("status").ok();
        try {
            await("tandem status says that all is well", isWell);
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "\n" + tandem("status").stdout(), late);
        }
    }

    /// The balancers whose MAC answers for the VIP when a third party on the LAN asks: the truth as
    /// the wire has it. The question comes from a container of its own, which stays until the site
    /// is closed.
    public SortedSet<String> vipOwners(List<String> balancers) {
        Output output = whoHas();
        if (!output.stderr().isBlank()) { // nobody looks on yet
            Shell.run(directory, "docker", "rm", "--force", container(ONLOOKER));
            lookOn();
            output = whoHas();
        }
        assertThat(output.stderr()).isBlank();
        SortedSet<String> owners = new TreeSet<>();
        for (String mac : output.lines()) {
            owners.add(
                    balancers.stream()
                            .filter(balancer -> lanMac(balancer).equals(mac))
                            .findFirst()
                            .orElse(mac));
        }
        return owners;
    }

    private void lookOn() {
        Shell.type(
                "docker run --detach --name "
                        + container(ONLOOKER)
                        + (" --label dev.tandem.check=" + CHECK)
                        + (" --network " + name + "_lan")
                        + " --cap-drop ALL --cap-add NET_RAW --entrypoint sleep "
                        + balancerImage()
                        + " infinity");
    }

    private Output whoHas() {
        return exec(ONLOOKER, "arp-who", "eth0", lan(150).toString(), "300");
    }

    /// Waits until one of these nodes holds the VIP, alone.
    void ownerIs(String node, List<String> nodes) {
        await(
                node + " holds the VIP, alone",
                () -> vipOwners(nodes).equals(new TreeSet<>(List.of(node))));
    }

    /// The image that the balancers of this site run.
    public String balancerImage() {
        return Shell.answer("docker", "inspect", "-f", "{{.Config.Image}}", container("haproxy-a"));
    }

    private String lanMac(String balancer) {
        String network = name + "_lan";
        return Shell.answer(
                "docker",
                "inspect",
                "-f",
                "{{with index .NetworkSettings.Networks \""
                        + network
                        + "\"}}{{.MacAddress}}{{end}}",
                container(balancer));
    }

    /// Kills and removes what it is made of: `tandem down`, which stops each node in its own time,
    /// is the subject of {@link UpDownTest}.
    @Override
    public void close() {
        String site = "label=com.docker.compose.project=" + name;
        String beside = "label=dev.tandem.site=" + name;
        Shell.run(directory, "docker", "rm", "--force", container(ONLOOKER));
        removeAll("docker ps --all --quiet --filter " + beside, "docker rm --force --volumes ");
        removeAll("docker ps --all --quiet --filter " + site, "docker rm --force --volumes ");
        removeAll("docker network ls --quiet --filter " + site, "docker network rm ");
        removeAll("docker volume ls --quiet --filter " + site, "docker volume rm ");
    }

    /// The engine may hold the network of a container that has just gone for a moment more.
    private static void removeAll(String list, String remove) {
        await(
                "all of these are removed: " + list,
                () -> {
                    String found = Shell.type(list).replace('\n', ' ');
                    String[] argv = (remove + found).split(" ", -1);
                    return found.isEmpty() || Shell.run(Shell.HOME, argv).ok();
                });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
