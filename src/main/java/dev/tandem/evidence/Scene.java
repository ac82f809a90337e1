package dev.tandem.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The nodes, and what was done to them when: the context in which the logs are read.
///
/// @param vip the address the requests went to
/// @param zero the time of day of the run's zero
/// @param nodes the balancers, the master first, and the web servers
/// @param moments nanoseconds from the run's zero; what did not happen is left out
public record Scene(
        String vip, Instant zero, List<Witness> nodes, SortedMap<Moment, Long> moments) {
    public Scene {
        nodes = List.copyOf(nodes);
        moments = new TreeMap<>(moments);
    }

    /// The steps of a drill.
    public enum Moment {
        /// It began to inject the fault. The fault's effects cannot be older.
        INJECTING,
        /// The fault was in place.
        INJECTED,
        /// It began to heal.
        HEALING,
        /// The heal had been verified.
        HEALED,
        /// The first command of an operator's change began.
        CHANGING,
        /// The last one had ended.
        CHANGED,
        /// All is well again: every node, every check, the VIP.
        NORMAL,
        /// The recording ended.
        ENDED
    }

    /// The time of a moment.
    public Optional<Long> at(Moment moment) {
        return Optional.ofNullable(moments.get(moment));
    }

    /// The same as a time of day.
    public Optional<Instant> time(Moment moment) {
        return at(moment).map(zero::plusNanos);
    }

    /// When it began to act, by a fault or a change. Its effects cannot be older.
    public Optional<Long> begun() {
        return at(Moment.INJECTING).or(() -> at(Moment.CHANGING));
    }

    /// When it had acted: the fault was in place, or the commands had ended.
    public Optional<Long> done() {
        return at(Moment.INJECTED).or(() -> at(Moment.CHANGED));
    }

    /// The same with these nodes.
    public Scene of(List<Witness> others) {
        return new Scene(vip, zero, others, moments);
    }

    /// The same with one more moment.
    public Scene with(Moment moment, long nanos) {
        Map<Moment, Long> more = new TreeMap<>(moments);
        more.put(moment, nanos);
        return new Scene(vip, zero, nodes, new TreeMap<>(more));
    }

    /// The balancers, the master first.
    public List<Witness> balancers() {
        return nodes.stream().filter(node -> node.role() == Witness.Role.BALANCER).toList();
    }

    /// The node with this container.
    Optional<Witness> withContainer(String container) {
        return nodes.stream().filter(node -> node.container().equals(container)).findFirst();
    }

    /// The node with this address.
    Optional<Witness> withAddress(String address) {
        return nodes.stream().filter(node -> node.addresses().contains(address)).findFirst();
    }

    /// The node with this hardware address.
    Optional<Witness> withMac(String mac) {
        return nodes.stream().filter(node -> node.macs().contains(mac)).findFirst();
    }
}
