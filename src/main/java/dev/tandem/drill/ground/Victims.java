package dev.tandem.drill.ground;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which nodes a fault strikes.
public enum Victims {
    MASTER,
    FIRST_SERVER,
    ALL_SERVERS;

    public List<Node> of(Ground ground) {
        return switch (this) {
            case MASTER -> List.of(ground.master());
            case FIRST_SERVER -> ground.servers().stream().limit(1).toList();
            case ALL_SERVERS -> ground.servers();
        };
    }

    /// Why there is no node to strike.
    public Optional<String> missing(Ground ground) {
        return of(ground).isEmpty()
                ? Optional.of("no web server of this site runs in a container of its own")
                : Optional.empty();
    }

    public String containers(Ground ground) {
        return of(ground).stream().map(Node::container).collect(Collectors.joining(" "));
    }
}
