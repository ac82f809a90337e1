package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import dev.tandem.load.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A site that is changed by `tandem apply`. From its start to its end requests of every kind are
/// sent to it: at any time one can ask whether one was lost so far. Its checks are patient, as a
/// machine that tests keep busy needs it: what is lost, a change has lost.
///
/// Registered with a test class, it is up before the first test and down after the last.
final class ChangingSite implements BeforeAllCallback, AfterAllCallback {
    private static final String PAIR =
            """
            vip:
              address: 192.168.0.150
            balancers:
              haproxy-a:
                hostname: bl1
              haproxy-b:
                hostname: bl2
            backend:
              balance: roundrobin
              check: /
            servers:
              web-a: {content: ./pages}
              web-b: {content: ./pages}
            tls:
              names: [www.example]
            timing:
              check_limit: 2s
              connect: 1s
              fall: 4
            """;

    private final TestSite site;
    private @Nullable UnderLoad load;

    /// So many lost ones were told already.
    private int told;

    /// Not yet up.
    ChangingSite() {
        this(TestSite.of(PAIR));
        UnderLoad.provide(site);
        site.file("other/index.html", "<h1>another page</h1>\n");
        site.file("other/" + UnderLoad.BIG, "y".repeat(4 << 20));
    }

    /// A site that the test starts by itself, before it calls {@link #begin()}.
    ChangingSite(TestSite site) {
        this.site = site;
    }

    /// The same, with what the test needs beside the site file.
    ChangingSite(Consumer<TestSite> prepare) {
        this();
        prepare.accept(site);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        site.up();
        begin();
    }

    /// Begins to send requests.
    void begin() throws Exception {
        load = UnderLoad.of(site);
        told = 0; // of another one, where tests are run once more
    }

    TestSite site() {
        return site;
    }

    /// No request was lost since this was asked last, or since the start of the site.
    void nothingIsLost(String after) {
        assertThat(load().goesOn()).as("requests are still sent").isTrue();
        assertThat(lost()).as(() -> "lost after " + after + "\n" + changes()).isEmpty();
    }

    /// The requests that were lost since this was asked last, or since the start of the site.
    List<RequestRecord> lost() {
        List<RequestRecord> all = load().lost();
        List<RequestRecord> fresh = all.subList(told, all.size());
        told = all.size();
        return fresh;
    }

    UnderLoad load() {
        return Objects.requireNonNull(load, "the site is up");
    }

    /// When the balancers saw web servers go and come: on a machine that tests keep busy, a check
    /// may come too late, and a balancer ends the connections of a web server that it finds down.
    private String changes() {
        StringBuilder changes = new StringBuilder();
        for (String balancer : LiveSite.BALANCERS) {
            String container = site.container(balancer);
            Shell.run(Shell.HOME, "docker", "logs", "--timestamps", "--tail", "4000", container)
                    .lines()
                    .stream()
                    .filter(line -> line.matches(".* is (UP|DOWN)[ ,.].*"))
                    .forEach(line ->
                            changes.append(balancer).append(": ").append(line).append('\n'));
        }
        return changes.toString();
    }

    /// Puts another text into the site file, in place of one that must be there.
    void edit(String old, String fresh) {
        String text = site.text();
        assertThat(text).contains(old);
        site.file("tandem.yaml", text.replace(old, fresh));
    }

    Output apply(String... options) {
        List<String> arguments = new ArrayList<>(List.of("apply", "--yes"));
        arguments.addAll(List.of(options));
        return site.tandem(arguments.toArray(String[]::new));
    }

    /// The same, and it must succeed.
    void applied() {
        Output output = apply();
        assertThat(output.exit()).as(output.stdout() + output.stderr()).isZero();
        assertThat(output.stdout()).contains("Done: the site runs as tandem.yaml asks.");
    }

    /// The steps that `plan` shows; there must be some.
    String plan() {
        Output output = site.tandem("plan");
        assertThat(output.exit()).as(output.stdout() + output.stderr()).isEqualTo(1);
        return output.stdout().substring(0, output.stdout().lastIndexOf("\n\n"));
    }

    /// `plan` finds the site as it is wanted.
    void nothingIsLeftToDo() {
        Output output = site.tandem("plan");
        assertThat(output.exit()).as(output.stdout() + output.stderr()).isZero();
        assertThat(output.stdout()).startsWith("Nothing to do: ");
    }

    /// What `history` says of the last change.
    String lastChange() {
        return PastChanges.of(site).getFirst();
    }

    /// A fact that a node says of itself; empty when it does not.
    String fact(String node, String key) {
        return site.fact(node, key);
    }

    /// HAProxy's worker: another one after a reload.
    String worker(String balancer) {
        return site.worker(balancer);
    }

    /// A container: another one after it was replaced.
    String containerId(String node) {
        return Shell.answer("docker", "inspect", "-f", "{{.Id}}", site.container(node));
    }

    /// The web servers that answer at the VIP.
    SortedSet<String> answering() {
        String url = "http://" + site.lan(150) + "/?[1-12]";
        Output output = site.curl("--fail", "-o", "/dev/null", "-w", "%header{x-served-by}\n", url);
        assertThat(output.exit()).as(output.stderr()).isZero();
        return new TreeSet<>(output.lines());
    }

    /// Whether the VIP answers by HTTP and by HTTPS, its certificate checked.
    void answers() {
        for (String scheme : List.of("http", "https")) {
            Output output = site.curl("--fail", scheme + "://" + site.lan(150) + "/");
            assertThat(output.exit()).as(scheme + ": " + output.stderr()).isZero();
        }
    }

    /// Who has the VIP on its interface, of those that answer.
    List<String> holders() {
        return LiveSite.BALANCERS.stream()
                .filter(balancer -> fact(balancer, "vip").equals("here"))
                .toList();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        end();
    }

    /// Waits for what is in flight, and takes it down.
    void end() throws Exception {
        try (site;
                UnderLoad begun = load) {
            if (begun != null) {
                begun.end();
                assertThat(lost()).as(() -> "lost after all\n" + changes()).isEmpty();
            }
        }
    }
}
