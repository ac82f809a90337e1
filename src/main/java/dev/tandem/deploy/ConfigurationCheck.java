package dev.tandem.deploy;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.render.Rendering;
import dev.tandem.render.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Has the real programs judge the configuration: `haproxy -c`, `keepalived -t`, `nginx -t`, each
/// in the image that will run it. One container per image, however many nodes; both at once; and
/// not again for files that were accepted before.
public final class ConfigurationCheck {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ACCEPTED = ".accepted";

    private final Docker docker;

    public ConfigurationCheck(Docker docker) {
        this.docker = docker;
    }

    /// Checks a directory.
    ///
    /// @throws Stop when a program does not accept its configuration
    public void check(Site site, Rendering rendering, Setting setting, SiteDirectory directory) {
        String state = Rendering.sha256(rendering.files() + "\n" + setting);
        if (directory.read(ACCEPTED).equals(state)) {
            return;
        }
        List<String> balancers = site.balancers().stream().map(Balancer::name).toList();
        List<String> servers = site.ownServers().stream().map(Server.Own::name).toList();
        CompletableFuture<Output> web =
                CompletableFuture.supplyAsync(() ->
                        servers.isEmpty()
                                ? new Output(0, "", "")
                                : run(setting.images().web(), directory, servers));
        accept(run(setting.images().balancer(), directory, balancers), directory);
        accept(web.join(), directory);
        directory.note(ACCEPTED, state);
    }

    private Output run(String image, SiteDirectory directory, List<String> nodes) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--volume", directory.root().toAbsolutePath() + ":/site:ro"));
        arguments.addAll(List.of("--entrypoint", "check-configuration", image));
        arguments.addAll(nodes);
        return docker.runOnce(LIMIT, arguments);
    }

    private static void accept(Output output, SiteDirectory directory) {
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the configuration was not accepted",
                    output.lastLines(20),
                    "no container was started or changed; the files are in " + directory.root(),
                    "tandem validate");
        }
    }
}
