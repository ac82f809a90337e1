package dev.tandem.file;

import dev.tandem.file.Draft.BalancerPart;
import dev.tandem.file.Draft.ExistingPart;
import dev.tandem.file.Draft.ServerPart;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Spot;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Checks that each name stands for one thing only.
///
/// Balancers and web servers are services of one Compose project, so they share one set of names, a
/// few of which are reserved. Servers of TCP services share it too: orders are given by name.
final class NameChecks {
    /// A service of every site whose LAN is a host's interface, and directories of every site.
    private static final Set<String> RESERVED_NODES =
            Set.of(Role.LAN_ROUTE.word(), "tls", Role.BALANCER.word());

    /// Networks of Docker or Compose, and the site's own network for the LAN.
    private static final Set<String> RESERVED_NETWORKS =
            Set.of("bridge", "default", "host", "lan", "none");

    private static final Pattern NUMBERED = Pattern.compile("(.+)-([1-9][0-9]{0,2})");

    private final Problems problems;

    NameChecks(Problems problems) {
        this.problems = problems;
    }

    void check(Draft draft) {
        List<Found<String>> nodes =
                Stream.concat(
                                draft.balancers().stream().map(BalancerPart::name),
                                draft.servers().stream().map(ServerPart::name))
                        .toList();
        List<Found<String>> all =
                Stream.concat(
                                nodes.stream(),
                                draft.services().stream()
                                        .flatMap(service -> service.servers().stream())
                                        .map(ServicePart.OfServer::name))
                        .toList();
        unique("name", all);
        slots(draft, all);
        draft.routing().pools().forEach(pool -> notOfABalancer(draft, pool.name()));
        nodes.forEach(node -> reserved(node, RESERVED_NODES));
        if (draft.machines().isGiven()) {
            nodes.forEach(node -> reserved(node, Set.of(FrontKeys.MACHINES.name())));
        }
        draft.network().name().ifPresent(name -> reserved(name, RESERVED_NETWORKS));
        unique(
                "hostname",
                draft.balancers().stream()
                        .flatMap(balancer -> balancer.hostname().stream())
                        .toList());
    }

    /// `tandem maintenance` takes either. A pool may have the name of a server.
    private void notOfABalancer(Draft draft, Found<String> pool) {
        draft.balancers().stream()
                .map(BalancerPart::name)
                .filter(name -> name.value().equals(pool.value()))
                .findFirst()
                .ifPresent(name ->
                        problems.add(
                                pool.spot(),
                                "pools: the name %s is that of the balancer on line %d"
                                        .formatted(
                                                Visible.quoted(pool.value()), name.spot().line()),
                                "choose another name: 'tandem maintenance "
                                        + pool.value()
                                        + "' takes that balancer out of service"));
    }

    /// HAProxy numbers the addresses of a web server with `replicas`: app-1, app-2, ...
    private void slots(Draft draft, List<Found<String>> nodes) {
        Map<String, Integer> replicas = new HashMap<>();
        for (ServerPart server : draft.servers()) {
            if (server instanceof ExistingPart there) {
                there.replicas()
                        .filter(most -> most.value() > 1)
                        .ifPresent(most -> replicas.put(there.name().value(), most.value()));
            }
        }
        for (Found<String> node : nodes) {
            Matcher numbered = NUMBERED.matcher(node.value());
            if (numbered.matches()
                    && Integer.parseInt(numbered.group(2))
                            <= replicas.getOrDefault(numbered.group(1), 0)) {
                problems.add(
                        node.spot(),
                        "the name %s is that of a replica of '%s' in HAProxy"
                                .formatted(Visible.quoted(node.value()), numbered.group(1)),
                        "choose another name");
            }
        }
    }

    private void unique(String what, List<Found<String>> names) {
        Map<String, Spot> first = new HashMap<>();
        for (Found<String> name : names.stream().sorted(NameChecks::byPlace).toList()) {
            Spot before = first.putIfAbsent(name.value(), name.spot());
            if (before != null) {
                problems.add(
                        name.spot(),
                        "the %s %s is taken on line %d"
                                .formatted(what, Visible.quoted(name.value()), before.line()),
                        "choose another " + what);
            }
        }
    }

    private static int byPlace(Found<String> left, Found<String> right) {
        return Spot.ORDER.compare(left.spot(), right.spot());
    }

    private void reserved(Found<String> name, Set<String> reserved) {
        if (reserved.contains(name.value())) {
            problems.add(
                    name.spot(),
                    "the name '" + name.value() + "' is reserved",
                    "choose another name, such as '" + name.value() + "-1'");
        }
    }
}
