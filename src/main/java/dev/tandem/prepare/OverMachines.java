package dev.tandem.prepare;

import dev.tandem.docker.Container;
import dev.tandem.docker.Member;
import dev.tandem.docker.SiteEngines;
import dev.tandem.docker.Unreachable;
import dev.tandem.model.Lan;
import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.HostFacts;
import dev.tandem.observe.HostReader;
import dev.tandem.render.Layout;
import dev.tandem.render.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What is looked at before a site over machines is changed: all of them at the same time.
///
/// @param site what is wanted
/// @param engines those of the site
public record OverMachines(Site site, SiteEngines engines) {
    /// The machines that are asked, in the order of the file.
    public List<String> asked() {
        return engines.machines().stream().filter(name -> !engines.away().contains(name)).toList();
    }

    /// Refuses to begin when a machine does not answer.
    ///
    /// @param otherwise what can be done without it, `%s` being its name; empty: nothing
    /// @throws Stop naming each such machine and why
    public void requireAll(String otherwise) {
        List<Unreachable> silent =
                EachMachine.of(asked(), engines::trouble).values().stream()
                        .flatMap(Optional::stream)
                        .toList();
        if (!silent.isEmpty()) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "not every machine of the site can be reached: "
                            + String.join(", ", silent.stream().map(Unreachable::machine).toList()),
                    String.join("\n", silent.stream().map(Unreachable::toString).toList()),
                    "nothing was changed",
                    silent.getFirst().next() + otherwise.formatted(silent.getFirst().machine()));
        }
    }

    /// Looks at the network of each machine, and decides how the LAN is built there.
    ///
    /// @param image one that each of them has
    /// @param known how it was built on those that are not asked
    /// @throws Stop when the site cannot run there; nothing has been changed
    Lan look(String image, Map<String, Lan.Macvlan> known) {
        Map<String, HostFacts> hosts =
                EachMachine.of(onFile(), name -> HostReader.read(engines.on(name), () -> image));
        Map<String, List<Container>> containers =
                EachMachine.of(onFile(), name -> engines.on(name).containers());
        List<Obstacle> obstacles = new ArrayList<>();
        TreeMap<String, Lan.Macvlan> each = new TreeMap<>(known);
        for (Machine machine : site.machines()) {
            String name = machine.name();
            HostFacts host = hosts.get(name);
            if (host == null) {
                continue;
            }
            LanChoice choice = LanChoice.on(site, machine, host);
            obstacles.addAll(choice.obstacles());
            Preflight.check(
                            site,
                            host,
                            containers.getOrDefault(name, List.of()),
                            Layout.onMachines(site.name()))
                    .forEach(one -> obstacles.add(one.on(name)));
            if (choice.lan().orElse(null) instanceof Lan.Macvlan lan) {
                each.put(name, lan);
                OwnNetworks.refuseOthers(site, lan, host);
            }
        }
        Preparation.refuse(obstacles);
        each.keySet().retainAll(site.machines().stream().map(Machine::name).toList());
        return new Lan.Machines(each);
    }

    private List<String> onFile() {
        List<String> names = site.machines().stream().map(Machine::name).toList();
        return asked().stream().filter(names::contains).toList();
    }

    /// Asks the LAN, from each machine, whether the addresses are free. A node of the site may have
    /// one already, which a change started that was interrupted.
    ///
    /// @param applied the site as it was last applied: while something of it runs, it has its
    ///   addresses itself
    /// @throws Stop when one is taken
    void askTheLan(Lan.Machines lan, Site applied, String image) {
        Map<String, String> addresses =
                runs() ? WireProbe.newAddresses(site, applied) : WireProbe.addresses(site);
        if (addresses.isEmpty()) {
            return;
        }
        Predicate<String> isOwn = mac -> ownMacs().contains(mac);
        List<Obstacle> taken = new ArrayList<>();
        EachMachine.of(
                        onFile(),
                        name ->
                                new WireProbe(engines.on(name), image)
                                        .ask(addresses, lan.on(name), isOwn))
                .forEach((name, found) -> found.forEach(one -> taken.add(one.on(name))));
        Preparation.refuse(taken);
    }

    private Set<String> ownMacs() {
        return EachMachine.of(asked(), name -> engines.on(name).attached(site.lanNetwork()))
                .values()
                .stream()
                .flatMap(List::stream)
                .map(Member::mac)
                .collect(Collectors.toSet());
    }

    private boolean runs() {
        return EachMachine.of(asked(), name -> engines.on(name).containers(site.name()))
                .values()
                .stream()
                .flatMap(List::stream)
                .anyMatch(Container::running);
    }

    /// Has the real programs of each machine judge what lies aside there.
    ///
    /// @param next the same, here
    /// @throws Stop when one of them does not accept it
    void check(SiteDirectory next, Setting.Images images) {
        EachMachine.of(
                onFile(),
                name -> {
                    new ConfigurationCheck(engines.on(name)).checkOn(site, next, name, images);
                    return name;
                });
    }
}
