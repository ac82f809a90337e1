package dev.tandem.health;

import dev.tandem.observe.Snapshot;

/// The container of a service in a {@link Picture}.
public sealed interface ContainerView {
    /// It does not exist.
    record Absent() implements ContainerView {}

    /// It exists.
    ///
    /// @param state Docker's word: running, exited, paused, ...
    record There(String name, String state) implements ContainerView {}

    /// Docker's word for its state; `absent` when there is none.
    default String state() {
        return switch (this) {
            case Absent _ -> "absent";
            case There(_, String state) -> state;
        };
    }

    /// Its name and its state; `absent` when there is none.
    default String words() {
        return switch (this) {
            case Absent _ -> "absent";
            case There(String name, String state) -> name + " " + state;
        };
    }

    /// The view from a snapshot.
    static ContainerView of(String service, Snapshot snapshot) {
        return snapshot.containerName(service)
                .<ContainerView>map(name -> new There(name, snapshot.state(service)))
                .orElseGet(Absent::new);
    }
}
