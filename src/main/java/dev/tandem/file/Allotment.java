package dev.tandem.file;

import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Hands out the free addresses of one subnet, each once.
///
/// The result depends only on the subnet, the addresses already taken, and the order of the
/// requests: the same file gives the same addresses on every machine.
final class Allotment {
    private static final int FIRST_BALANCER = 50;
    private static final int STEP = 10;
    private static final int LAST_BALANCER = 250;

    private final Subnet subnet;
    private final Set<Ip4> taken;

    /// @param taken addresses that are never handed out, the host's end of a network among them
    Allotment(Subnet subnet, Set<Ip4> taken) {
        this.subnet = subnet;
        this.taken = new HashSet<>(taken);
    }

    /// The next of .50, .60, .70 and so on to .250, counted from the subnet's base, while they lie
    /// in the subnet; after that, the first free one.
    Optional<Ip4> spaced() {
        Stream<Ip4> round =
                IntStream.iterate(
                                FIRST_BALANCER, last -> last <= LAST_BALANCER, last -> last + STEP)
                        .mapToObj(subnet.base()::plus)
                        .filter(subnet::isHost);
        return take(Stream.concat(round, subnet.hosts()));
    }

    /// The first free one.
    Optional<Ip4> lowest() {
        return take(subnet.hosts());
    }

    /// The first free one after this address; when there is none, from the start of the subnet.
    Optional<Ip4> after(Ip4 address) {
        return take(
                Stream.concat(
                        Stream.iterate(address.plus(1), subnet::isHost, host -> host.plus(1)),
                        subnet.hosts()));
    }

    private Optional<Ip4> take(Stream<Ip4> candidates) {
        Optional<Ip4> free = candidates.filter(host -> !taken.contains(host)).findFirst();
        free.ifPresent(taken::add);
        return free;
    }
}
