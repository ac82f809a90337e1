package dev.tandem.docker;

/// A container as `docker ps` shows it.
///
/// @param name its name
/// @param service the Compose service that it belongs to
/// @param state Docker's word for its state: running, exited, paused, restarting, created, dead
/// @param status Docker's sentence about it, such as `Up 5 seconds (healthy)`
/// @param image the name of its image, as it was given
/// @param role Tandem's label `dev.tandem.role`
/// @param project the Compose project that it belongs to; empty text if none
/// @param directory the directory in which Compose was run; empty text if none
/// @param stamp Tandem's label `dev.tandem.config`: a hash over what only a new container can
///   change
public record Container(
        String name,
        String service,
        String state,
        String status,
        String image,
        String project,
        String directory,
        String role,
        String stamp) {
    /// Whether its processes are running: those of a paused container are not.
    public boolean running() {
        return state.equals("running");
    }

    /// Whether its own check says that it is not well.
    public boolean unhealthy() {
        return status.contains("(unhealthy)");
    }
}
