package dev.tandem.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How the LAN is built: the answer to {@link LanInterface}, found by looking at a host's
/// interfaces. The same site renders differently for each, so it is an input of rendering.
public sealed interface Lan {

    /// A bridge that Tandem creates. The host has the subnet's first address on it and so reaches
    /// the VIP; other machines do not.
    record Bridge() implements Lan {}

    /// A macvlan network on an interface of the host: every machine of that LAN reaches the VIP.
    ///
    /// @param parent the host's interface
    /// @param gateway the LAN's router, if any
    /// @param hostAddress the host's own address on it, from which the host talks to the VIP; empty
    ///   when the interface has none in the subnet
    record Macvlan(String parent, Optional<Ip4> gateway, Optional<Ip4> hostAddress)
            implements Lan {}

    /// The same on each of the site's machines.
    ///
    /// @param each by the machine's name
    record Machines(SortedMap<String, Macvlan> each) implements Lan {
        public Machines {
            each = Collections.unmodifiableSortedMap(new TreeMap<>(each));
        }

        /// What one of them has.
        ///
        /// @throws IllegalArgumentException when it is not one of them
        public Macvlan on(String machine) {
            Macvlan lan = each.get(machine);
            if (lan == null) {
                throw new IllegalArgumentException("nobody knows the LAN of " + machine);
            }
            return lan;
        }
    }
}
