package dev.tandem.change.carry;

import dev.tandem.docker.Output;
import dev.tandem.docker.SiteEngines;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.prepare.EachMachine;
import dev.tandem.render.Layout;
import dev.tandem.text.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Has Compose make and start containers, each on its machine; on several machines at the same
/// time.
///
/// @param engines those of the site
/// @param site the site as it should be
/// @param root its directory on this machine
/// @param progress is told what Compose says
record Composing(SiteEngines engines, Site site, Path root, Progress progress) {
    /// The engine's words when a network is gone.
    private static final Pattern NO_NETWORK = Pattern.compile("network \\S+ not found");

    /// Starts containers, and recreates those that were made from something different.
    ///
    /// @param known nodes, and what is known by its machine
    /// @throws Stop when one of them could not be started
    void start(List<String> known) {
        if (!site.hasMachines()) {
            start("", known);
            return;
        }
        Map<String, List<String>> each = new LinkedHashMap<>();
        for (String one : known) {
            int end = one.indexOf('/');
            String machine = end > 0 ? one.substring(0, end) : site.places().getOrDefault(one, "");
            each.computeIfAbsent(machine, _ -> new ArrayList<>()).add(one.substring(end + 1));
        }
        EachMachine.of(
                List.copyOf(each.keySet()),
                machine -> {
                    start(machine, each.getOrDefault(machine, List.of()));
                    return machine;
                });
    }

    private void start(String machine, List<String> services) {
        Output output = up(machine, services, "--detach");
        if (lacksNetwork(output)) {
            // They were made for a network that is gone. Compose has made it again, but a container
            // that stands looks for the old one.
            output = up(machine, services, "--detach", "--force-recreate");
        }
        if (!output.ok()) {
            String where = machine.isEmpty() ? "" : " on " + machine;
            throw StepActions.stopped(
                    "docker compose could not start " + String.join(", ", services) + where,
                    output);
        }
    }

    /// Has Compose make the networks of a container that runs, and nothing else.
    Output networks(String node) {
        return up(
                site.places().getOrDefault(node, ""), List.of(node), "--no-start", "--no-recreate");
    }

    static boolean lacksNetwork(Output output) {
        return !output.ok() && NO_NETWORK.matcher(output.stderr()).find();
    }

    /// @param machine its name; empty for a site without machines
    private Output up(String machine, List<String> services, String... options) {
        List<String> arguments = new ArrayList<>(List.of("up"));
        arguments.addAll(List.of(options));
        arguments.add("--no-deps");
        arguments.addAll(services);
        return machine.isEmpty()
                ? engines.only()
                        .orElseThrow()
                        .compose(root, progress::detail, arguments.toArray(String[]::new))
                : engines.on(machine)
                        .composeFor(
                                root.resolve(Layout.onMachine(machine, Layout.COMPOSE)),
                                Layout.onMachines(site.name()),
                                progress::detail,
                                arguments);
    }
}
