package dev.tandem.drill.ground;

import dev.tandem.docker.SiteMachine;
import dev.tandem.docker.SiteMachines;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which machine of a site a fault strikes as a whole.
///
/// @param named its name; empty: that of the master
public record Struck(Optional<String> named) {
    /// The machine of the master.
    public static final Struck MASTERS = new Struck(Optional.empty());

    /// The one that a word names, as `engine-kill=m2` or, in journals and directories,
    /// `engine-kill-m2`.
    ///
    /// @param fault the fault's name without a machine
    public static Optional<Struck> of(String fault, String word) {
        Matcher matcher =
                Pattern.compile(Pattern.quote(fault) + "[=-]([a-z0-9][a-z0-9-]*)").matcher(word);
        return matcher.matches()
                ? Optional.of(new Struck(Optional.of(matcher.group(1))))
                : Optional.empty();
    }

    /// The name of the fault on this machine.
    ///
    /// @param fault its name without a machine
    public String name(String fault) {
        return named.map(machine -> fault + "-" + machine).orElse(fault);
    }

    /// The machine; empty for a site without machines, or without this one.
    public Optional<SiteMachine> machine(Ground ground) {
        return ground.nodes()
                .machines()
                .flatMap(all ->
                        named.or(() -> all.of(ground.master().name()))
                                .filter(all.names()::contains)
                                .map(all::machine));
    }

    /// Why there is no such machine; empty when there is.
    public Optional<String> missing(Ground ground) {
        Optional<SiteMachines> all = ground.nodes().machines();
        if (all.isEmpty()) {
            return Optional.of("the site names no machines in its file");
        }
        return named.filter(name -> !all.get().names().contains(name))
                .map(name ->
                        "the site has no machine %s, but %s"
                                .formatted(name, String.join(", ", all.get().names())));
    }

    /// The nodes on it; all of a site without machines.
    public List<Node> nodes(Ground ground) {
        Optional<SiteMachines> all = ground.nodes().machines();
        Optional<String> name = machine(ground).map(SiteMachine::name);
        return Stream.concat(ground.balancers().stream(), ground.servers().stream())
                .filter(node -> all.isEmpty() || all.get().of(node.name()).equals(name))
                .toList();
    }
}
