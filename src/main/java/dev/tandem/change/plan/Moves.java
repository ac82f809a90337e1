package dev.tandem.change.plan;

import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Listen;
import dev.tandem.model.Machine;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What moves in a change of the site: the keys that plans, refusals and waits are decided by, on
/// the way forward and on the way back. Pure.
///
/// The keys are read through the accessors of the model: if one is renamed there, this class no
/// longer compiles, instead of silently never seeing a difference again.
///
/// @param vip the VIP
/// @param more further virtual IPs, where some of them go
/// @param passed those that are first at another balancer than before
/// @param router its virtual router
/// @param ports the ports that clients use
/// @param balancers the addresses of balancers on the LAN, by name, in the order of the file
/// @param servers the addresses of the site's own web servers, by name, in the order of the file
/// @param handover what happens to open connections when the VIP moves
/// @param names the names by which clients ask, if some are new
/// @param machines machines that are new, gone, or reached in another way
/// @param places nodes that are to stand on another machine, by name, in the order of the file
public record Moves(
        Optional<Difference> vip,
        List<Difference> more,
        List<Difference> passed,
        Optional<Difference> router,
        List<Difference> ports,
        Map<String, Difference> balancers,
        Map<String, Difference> servers,
        Optional<Difference> handover,
        Optional<Difference> names,
        List<Difference> machines,
        Map<String, Difference.Moved> places) {
    /// Nothing moves, or the moves are unknown.
    public static final Moves NONE =
            new Moves(
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Map.of(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Map.of());

    public Moves {
        more = List.copyOf(more);
        passed = List.copyOf(passed);
        ports = List.copyOf(ports);
        balancers = Collections.unmodifiableMap(new LinkedHashMap<>(balancers));
        servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
        machines = List.copyOf(machines);
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /// What moves between two states of a site.
    public static Moves of(Site before, Site after) {
        return new Moves(
                changed(
                        KeyPath.of("vip", "address"),
                        before.vip().address(),
                        after.vip().address()),
                more(before, after),
                passed(before, after),
                changed(
                        KeyPath.of("vip", "router_id"),
                        before.vip().routerId(),
                        after.vip().routerId()),
                ports(before.listen(), after.listen()),
                moved(
                        addresses(before.balancers(), Balancer::name, Balancer::lanAddress),
                        addresses(after.balancers(), Balancer::name, Balancer::lanAddress),
                        name -> KeyPath.of("balancers", name, "lan_address")),
                moved(
                        addresses(before.ownServers(), Server.Own::name, Server.Own::address),
                        addresses(after.ownServers(), Server.Own::name, Server.Own::address),
                        name -> KeyPath.ofNode(after, name).then("address")),
                changed(KeyPath.of("handover"), before.handover(), after.handover()),
                changed(KeyPath.of("tls", "names"), before.tls().names(), after.tls().names())
                        .filter(_ ->
                                !after.tls().names().stream()
                                        .allMatch(name -> isKnown(name, before.tls().names()))),
                Differences.between(new Stands(before.machines()), new Stands(after.machines())),
                places(before, after));
    }

    private static List<Difference> more(Site before, Site after) {
        return groups(before, after)
                .filter(group -> !after.vips().containsAll(group.before()))
                .flatMap(group -> changed(group.key(), group.before(), group.after()).stream())
                .toList();
    }

    private static List<Difference> passed(Site before, Site after) {
        return groups(before, after)
                .filter(group ->
                        group.after().stream()
                                .anyMatch(one ->
                                        before.vips().indexOf(one) > 0
                                                && !group.before().contains(one)))
                .flatMap(group -> changed(group.key(), group.before(), group.after()).stream())
                .toList();
    }

    /// Virtual IPs that go together.
    private record Group(KeyPath key, List<Ip4> before, List<Ip4> after) {}

    private static Stream<Group> groups(Site before, Site after) {
        Stream<String> names =
                Stream.concat(before.owners().stream(), after.owners().stream())
                        .map(Balancer::name)
                        .distinct();
        return Stream.concat(
                Stream.of(
                        new Group(
                                KeyPath.of("vip", "more"),
                                before.vip().more(),
                                after.vip().more())),
                names.map(name ->
                        new Group(
                                KeyPath.of("balancers", name, "vips"),
                                own(before, name),
                                own(after, name))));
    }

    private static List<Ip4> own(Site site, String name) {
        return site.owners().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .map(Balancer::vips)
                .orElse(List.of());
    }

    /// Those that clients have to give up; one more disturbs nobody.
    private static List<Difference> ports(Listen before, Listen after) {
        List<Difference> ports = new ArrayList<>();
        changed(KeyPath.of("listen", "http"), before.http(), after.http()).ifPresent(ports::add);
        changed(KeyPath.of("listen", "https"), before.https(), after.https()).ifPresent(ports::add);
        changed(KeyPath.of("listen", "more_http"), before.moreHttp(), after.moreHttp())
                .filter(_ -> !after.moreHttp().containsAll(before.moreHttp()))
                .ifPresent(ports::add);
        changed(KeyPath.of("listen", "more_https"), before.moreHttps(), after.moreHttps())
                .filter(_ -> !after.moreHttps().containsAll(before.moreHttps()))
                .ifPresent(ports::add);
        return ports;
    }

    /// The part of a site that says what it stands on.
    private record Stands(List<Machine> machines) {}

    /// Nodes that are in both, on another machine.
    private static Map<String, Difference.Moved> places(Site before, Site after) {
        Map<String, String> was = before.places();
        Map<String, String> is = after.places();
        Map<String, Difference.Moved> moved = new LinkedHashMap<>();
        for (String node : after.services()) {
            Optional<String> from = Optional.ofNullable(was.get(node));
            Optional<String> to = Optional.ofNullable(is.get(node));
            if (before.services().contains(node) && !from.equals(to)) {
                KeyPath path = KeyPath.machineOf(after, node);
                moved.put(node, new Difference.Moved(path, from, to));
            }
        }
        return moved;
    }

    /// Whether a name is one of these, or below one.
    private static boolean isKnown(String name, List<String> known) {
        return known.stream().anyMatch(one -> name.equals(one) || name.endsWith("." + one));
    }

    private static Optional<Difference> changed(KeyPath path, Object before, Object after) {
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(
                        new Difference.Changed(path, Optional.of(before), Optional.of(after)));
    }

    private static <T> Map<String, Ip4> addresses(
            List<T> nodes, Function<T, String> name, Function<T, Ip4> address) {
        return nodes.stream()
                .collect(Collectors.toMap(name, address, (one, _) -> one, LinkedHashMap::new));
    }

    /// Entries that are in both.
    private static Map<String, Difference> moved(
            Map<String, Ip4> before, Map<String, Ip4> after, Function<String, KeyPath> path) {
        Map<String, Difference> moved = new LinkedHashMap<>();
        before.forEach((name, address) ->
                Optional.ofNullable(after.get(name))
                        .flatMap(there -> changed(path.apply(name), address, there))
                        .ifPresent(difference -> moved.put(name, difference)));
        return moved;
    }

    /// Whether a site that stood on one machine is to stand on those that its file names now.
    public boolean spreads() {
        return !places.isEmpty()
                && places.values().stream().allMatch(move -> move.from().isEmpty());
    }

    /// Whether one of the site's own web servers gets another address: balancers find it there only
    /// with their next configuration.
    public boolean moves(String server) {
        return servers.containsKey(server);
    }
}
