package dev.tandem.health;

import dev.tandem.observe.Snapshot;

/// The container of a service in a {@link Picture}.
public sealed interface ContainerView {
    /// It does not exist.
    record Absent() implements ContainerView {}

    /// Its machine is silent.
    record Unknown() implements ContainerView {}

    /// It exists.
    ///
    /// @param state Docker's word: running, exited, paused, ...
    record There(String state) implements ContainerView {}

    /// Docker's word for its state; `absent` when there is none, `unknown` when nobody can say.
    default String state() {
        return switch (this) {
            case Absent _ -> "absent";
            case Unknown _ -> "unknown";
            case There(String state) -> state;
        };
    }

    /// The view from a snapshot.
    static ContainerView of(String service, Snapshot snapshot) {
        return snapshot.containerName(service)
                .<ContainerView>map(_ -> new There(snapshot.state(service)))
                .orElseGet(() ->
                        snapshot.placement().silence(service).isPresent()
                                ? new Unknown()
                                : new Absent());
    }
}
