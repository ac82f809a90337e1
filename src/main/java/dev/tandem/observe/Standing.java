package dev.tandem.observe;

import dev.tandem.model.Duty;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The operating state of a balancer.
///
/// @param duty the duty in force, which its init obeys; empty when not reported
/// @param workers the number of HAProxy's worker processes: more than one while old ones finish
///   their connections
/// @param addresses its IPv4 addresses, without those of the loopback net
/// @param init what its init has found out
public record Standing(
        Optional<Duty> duty, OptionalInt workers, List<Address> addresses, InitSeen init) {
    /// Nothing was reported.
    public static final Standing UNKNOWN =
            new Standing(Optional.empty(), OptionalInt.empty(), List.of(), InitSeen.UNKNOWN);

    public Standing {
        addresses = List.copyOf(addresses);
    }

    /// An address on one of its interfaces.
    ///
    /// @param device the interface
    /// @param cidr such as `172.20.0.50/24`
    public record Address(String device, String cidr) {}

    /// A copy with another duty.
    public Standing withDuty(Duty other) {
        return new Standing(Optional.of(other), workers, addresses, init);
    }

    /// A copy with other findings of its init.
    public Standing withInit(InitSeen other) {
        return new Standing(duty, workers, addresses, other);
    }

    static Standing of(Map<String, String> facts, List<String> addresses, InitSeen init) {
        String word = facts.getOrDefault("duty", "");
        return new Standing(
                Arrays.stream(Duty.values()).filter(d -> d.word().equals(word)).findFirst(),
                number(facts.getOrDefault("workers", "")),
                addresses.stream()
                        .map(line -> line.split(" ", 2))
                        .filter(words -> words.length == 2)
                        .map(words -> new Address(words[0], words[1]))
                        .toList(),
                init);
    }

    /// A number written by HAProxy or by Tandem's own programs; at most six digits.
    static OptionalInt number(String text) {
        return text.matches("[0-9]{1,6}")
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }
}
