package dev.tandem.deploy;

/// One step of a plan: what is done to which service, and why.
public sealed interface Step {
    /// The Compose service.
    String service();

    /// Why: a few words about what was seen.
    String cause();

    /// What is done, in one word of Compose's.
    default String verb() {
        return switch (this) {
            case Create ignored -> "create";
            case Replace ignored -> "replace";
            case Start ignored -> "start";
            case Resume ignored -> "unpause";
            case Remove ignored -> "remove";
        };
    }

    /// A container that is not there is made and started.
    record Create(String service, String cause) implements Step {}

    /// A container of an older state is stopped, removed, and made anew.
    record Replace(String service, String cause) implements Step {}

    /// A container that is stopped is started.
    record Start(String service, String cause) implements Step {}

    /// A container that is paused goes on.
    record Resume(String service, String cause) implements Step {}

    /// A container that the site no longer has is stopped and removed.
    ///
    /// @param container its name, since the site does not know it any more
    record Remove(String service, String container, String cause) implements Step {}
}
