package dev.tandem.scenario;

import dev.tandem.docker.Output;
import dev.tandem.model.Lan;
import dev.tandem.model.Orders;
import dev.tandem.model.Site;
import dev.tandem.render.Renderer;
import dev.tandem.render.Rendering;
import dev.tandem.render.Setting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A site that each test finds well, haproxy-a being master, and must leave so: what one test
/// breaks and does not mend would else be found by the next one, which has not done it. After a
/// failed test its containers are set going again, so that one fault fails one test.
///
/// Its files can be replaced under the programs that run them, as the executor of changes does it:
/// by hand here, so that only the balancer's and the web server's side is tried.
final class LiveSite implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    static final List<String> BALANCERS = List.of("haproxy-a", "haproxy-b");

    private final TestSite site;
    private final Consumer<TestSite> given;

    /// Two balancers and two web servers, which can be put under load.
    LiveSite() {
        this(TestSite.forLoad());
    }

    /// Another one, not yet up.
    LiveSite(TestSite site) {
        this(site, _ -> {});
    }

    /// One that needs something from outside of its containers, whenever they have started.
    LiveSite(TestSite site, Consumer<TestSite> given) {
        this.site = site;
        this.given = given;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        site.up();
        given.accept(site);
        masterIs("haproxy-a");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            setGoing();
        }
        masterIs("haproxy-a");
        site.awaitWell();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        site.close();
    }

    TestSite site() {
        return site;
    }

    /// Whatever state a test has left them in; a container that runs as it should is restarted too.
    private void setGoing() {
        for (String node : site.model().services()) {
            Shell.run(site.directory(), "docker", "unpause", site.container(node));
            Shell.run(site.directory(), "docker", "kill", "-s", "CONT", site.container(node));
            Shell.run(site.directory(), "docker", "restart", "-t", "5", site.container(node));
        }
        given.accept(site);
    }

    /// Writes what these orders make of the files; nobody is told.
    void order(Orders orders) {
        Site model = site.model();
        Setting.Images images = new Setting.Images("-", "-");
        Rendering rendering =
                Renderer.render(model, new Setting(new Lan.Bridge(), images, "../..", "-"), orders);
        rendering.files().entrySet().stream()
                .filter(file -> file.getKey().matches(".*/(servers\\.state|duty)"))
                .forEach(file -> replace(file.getKey(), file.getValue()));
    }

    /// A file of the rendered directory.
    String file(String path) {
        return Shell.answer("cat", site.rendered().resolve(path).toString());
    }

    /// What `node-state` says of it when it is what was loaded.
    String hash(String path) {
        String file = site.rendered().resolve(path).toString();
        return Shell.answer("sha256sum", file).substring(0, 64);
    }

    /// Replaces it in one move, as Tandem does.
    void replace(String path, String text) {
        String place = site.rendered().resolve(path).toString();
        site.file(".tandem/new", text);
        Shell.answer("mv", site.directory().resolve(".tandem/new").toString(), place);
    }

    /// A file that a program of a node has loaded, for a test that replaces it.
    LoadedFile loaded(String node, String program, String path) {
        return new LoadedFile(this, node, program, path);
    }

    /// Has a program of a node load its files again.
    Output reload(String node, String what) {
        return site.exec(node, "reload", what);
    }

    /// The same, and it must succeed.
    void reloaded(String node, String what) {
        Output output = reload(node, what);
        if (!output.ok()) {
            throw new AssertionError("reload " + what + " of " + node + ": " + output);
        }
    }

    /// How many of so many requests to a balancer each web server answers.
    Map<String, Integer> answers(int balancer, int requests) {
        String url = "http://" + site.network(balancer) + "/?[1-" + requests + "]";
        Output output = site.curl("--fail", "-o", "/dev/null", "-w", "%header{x-served-by}\n", url);
        if (!output.ok()) {
            throw new AssertionError(url + ": " + output);
        }
        Map<String, Integer> count = new TreeMap<>();
        output.lines().forEach(name -> count.merge(name, 1, Integer::sum));
        return count;
    }

    /// Waits until it holds the VIP, alone.
    void masterIs(String balancer) {
        site.ownerIs(balancer, BALANCERS);
    }
}
