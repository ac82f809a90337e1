package dev.tandem.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Deals the nodes of a site to its machines, balancers and web servers each for themselves.
///
/// 1. A node whose machine the file names is there.
/// 2. Any other one stays where it was when the site was last applied, if there still is such a
///    machine. So it never wanders because a line was added to the file.
/// 3. Any other one gets the machine with the fewest of its kind; of equals, the first of the file.
///    Web servers are counted as far as the file has come: in turn, where it names nothing. Of
///    balancers those count, too, whose machine is known and that come later: no two share one
///    while another has none.
///
/// Properties: every node has exactly one machine; no web server moves because a balancer or a
/// later web server comes or goes, even where nothing was applied yet. Pure.
final class MachinePlaces {
    private final List<String> machines;
    private final Map<String, String> kept;

    private MachinePlaces(List<String> machines, Map<String, String> kept) {
        this.machines = machines;
        this.kept = kept;
    }

    /// The machine of each node, by name.
    ///
    /// @param machines at least one
    /// @param balancers the machines that the file names for balancers, in the order of the file
    /// @param servers the same for the site's own web servers
    /// @param kept where nodes were when the site was last applied
    static SequencedMap<String, String> of(
            List<String> machines,
            SequencedMap<String, Optional<String>> balancers,
            SequencedMap<String, Optional<String>> servers,
            Map<String, String> kept) {
        MachinePlaces placement = new MachinePlaces(machines, kept);
        SequencedMap<String, String> places = placement.balancers(balancers);
        places.putAll(placement.servers(servers));
        return places;
    }

    private SequencedMap<String, String> balancers(
            SequencedMap<String, Optional<String>> balancers) {
        Map<String, String> held = new HashMap<>();
        balancers.forEach((name, named) -> known(name, named).ifPresent(at -> held.put(name, at)));
        SequencedMap<String, String> places = new LinkedHashMap<>();
        for (String name : balancers.keySet()) {
            String at = held.computeIfAbsent(name, _ -> emptiest(List.copyOf(held.values())));
            places.put(name, at);
        }
        return places;
    }

    private SequencedMap<String, String> servers(SequencedMap<String, Optional<String>> servers) {
        SequencedMap<String, String> places = new LinkedHashMap<>();
        servers.forEach((name, named) ->
                places.put(name, known(name, named).orElseGet(() -> emptiest(places.values()))));
        return places;
    }

    private Optional<String> known(String node, Optional<String> named) {
        return named.or(() -> Optional.ofNullable(kept.get(node)).filter(machines::contains));
    }

    /// @param held the machines of the nodes that are placed
    private String emptiest(Collection<String> held) {
        return machines.stream()
                .min(Comparator.comparingLong(one -> held.stream().filter(one::equals).count()))
                .orElseThrow(() -> new IllegalArgumentException("there is no machine"));
    }
}
