package dev.tandem.prepare;

import dev.tandem.docker.Beside;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.model.Balancer;
import dev.tandem.model.Machine;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.render.GivenLines;
import dev.tandem.render.Layout;
import dev.tandem.render.Notes;
import dev.tandem.render.Rendering;
import dev.tandem.render.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Has the real programs judge the configuration: `haproxy -c`, `keepalived -t`, `nft -c`, `nginx
/// -t`, each in the image that will run it. There is one container per image, however many nodes;
/// both run at once; and files that were accepted before are not checked again.
public final class ConfigurationCheck {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// How HAProxy names a line: `[/site/NODE/haproxy.cfg:123]`.
    private static final Pattern COMPLAINT = Pattern.compile("\\[/site/([^:\\]]+):(\\d{1,6})\\]");

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
            check(images, Place.of(directory), site.balancers(), site.ownServers());
        }
        for (Machine machine : site.machines()) {
            String at = machine.name();
            check(images, Place.of(of(directory, at)), site.balancersOn(at), site.ownServersOn(at));
        }
        notes.note(Notes.ACCEPTED, state);
    }

    /// Checks what lies aside on one of a site's machines.
    ///
    /// @param next the same here
    /// @param machine its name
    /// @throws Stop when a program does not accept its configuration
    void checkOn(Site site, SiteDirectory next, String machine, Setting.Images images) {
        check(
                images,
                new Place(Path.of(Layout.onMachines(site.name()), Layout.NEXT), of(next, machine)),
                site.balancersOn(machine),
                site.ownServersOn(machine));
    }

    private static SiteDirectory of(SiteDirectory state, String machine) {
        return new SiteDirectory(state.root().resolve(Layout.machine(machine)));
    }

    /// What is checked.
    ///
    /// @param path where the engine's machine has it
    /// @param texts the same, where it can be read here
    private record Place(Path path, SiteDirectory texts) {
        static Place of(SiteDirectory here) {
            return new Place(here.root().toAbsolutePath(), here);
        }
    }

    private void check(
            Setting.Images images, Place place, List<Balancer> holds, List<Server.Own> own) {
        List<String> balancers = holds.stream().map(Balancer::name).toList();
        List<String> servers = own.stream().map(Server.Own::name).toList();
        CompletableFuture<Output> web =
                CompletableFuture.supplyAsync(
                        () ->
                                servers.isEmpty()
                                        ? new Output(0, "", "")
                                        : run(images.web(), place.path(), servers),
                        Beside::begin);
        if (!balancers.isEmpty()) {
            accept(run(images.balancer(), place.path(), balancers), place.texts());
        }
        accept(web.join(), place.texts());
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

    /// Where the site file has the lines that HAProxy complains of.
    private static String places(String said, SiteDirectory directory) {
        return COMPLAINT
                .matcher(said)
                .results()
                .flatMap(one ->
                        GivenLines.at(directory.read(one.group(1)), Integer.parseInt(one.group(2)))
                                .stream())
                .distinct()
                .map(place -> "\n" + place)
                .collect(Collectors.joining());
    }

    private static void accept(Output output, SiteDirectory directory) {
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the configuration was not accepted",
                    output.lastLines(20) + places(output.stdout(), directory),
                    "no container was started or changed, nor any file that one reads",
                    "tandem validate");
        }
    }
}
