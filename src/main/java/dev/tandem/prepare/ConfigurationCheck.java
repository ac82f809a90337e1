package dev.tandem.prepare;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.model.Balancer;
import dev.tandem.model.Machine;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.render.Layout;
import dev.tandem.render.Layout.Notes;
import dev.tandem.render.Rendering;
import dev.tandem.render.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Has the real programs judge the configuration: `haproxy -c`, `keepalived -t`, `nft -c`, `nginx
/// -t`, each in the image that will run it. There is one container per image, however many nodes;
/// both run at once; and files that were accepted before are not checked again.
public final class ConfigurationCheck {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Docker docker;

    public ConfigurationCheck(Docker docker) {
        this.docker = docker;
    }

    /// Checks a directory.
    ///
    /// @param target the site, in the directory to check
    /// @param setting what it was rendered with
    /// @param notes where accepted files are noted
    /// @throws Stop when a program does not accept its configuration
    public void check(SitePlace target, Rendering rendering, Setting setting, SiteDirectory notes) {
        Setting.Images images = setting.images();
        String state = Rendering.sha256(rendering.toString() + setting.certificates());
        if (notes.read(Notes.ACCEPTED).equals(state)) {
            return;
        }
        Site site = target.site();
        SiteDirectory directory = target.directory();
        if (!site.hasMachines()) {
            check(images, directory.root().toAbsolutePath(), site.balancers(), site.ownServers());
        }
        for (Machine machine : site.machines()) {
            String at = machine.name();
            check(
                    images,
                    directory.root().resolve(Layout.machine(at)).toAbsolutePath(),
                    site.balancersOn(at),
                    site.ownServersOn(at));
        }
        notes.note(Notes.ACCEPTED, state);
    }

    /// Checks what lies aside on one of a site's machines.
    ///
    /// @param machine its name
    /// @throws Stop when a program does not accept its configuration
    void checkOn(Site site, String machine, Setting.Images images) {
        check(
                images,
                Path.of(Layout.onMachines(site.name()), Layout.NEXT),
                site.balancersOn(machine),
                site.ownServersOn(machine));
    }

    private void check(
            Setting.Images images, Path directory, List<Balancer> holds, List<Server.Own> own) {
        List<String> balancers = holds.stream().map(Balancer::name).toList();
        List<String> servers = own.stream().map(Server.Own::name).toList();
        CompletableFuture<Output> web =
                CompletableFuture.supplyAsync(() ->
                        servers.isEmpty()
                                ? new Output(0, "", "")
                                : run(images.web(), directory, servers));
        if (!balancers.isEmpty()) {
            accept(run(images.balancer(), directory, balancers));
        }
        accept(web.join());
    }

    private Output run(String image, Path directory, List<String> nodes) {
        // nft has the kernel judge, which requires the right to change the packet filter. No
        // network: an engine may have no default bridge, and nothing needs to be reached.
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--network", "none", "--cap-add", "NET_ADMIN"));
        arguments.addAll(List.of("--volume", directory + ":/site:ro"));
        arguments.addAll(List.of("--entrypoint", "check-configuration", image));
        arguments.addAll(nodes);
        return docker.runOnce(LIMIT, arguments);
    }

    private static void accept(Output output) {
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the configuration was not accepted",
                    output.lastLines(20),
                    "no container was started or changed, nor any file that one reads",
                    "tandem validate");
        }
    }
}
