package dev.tandem.docker;

/// A container as `docker ps` shows it.
///
/// @param name its name
/// @param service the Compose service that it belongs to
/// @param state Docker's word for its state: running, exited, paused, restarting, created, dead
/// @param status Docker's sentence about it, such as `Up 5 seconds (healthy)`
/// @param image the image that it runs, as it was named
/// @param role our label `dev.tandem.role`
/// @param project the Compose project that it belongs to, else empty text
/// @param directory the directory that Compose was run in, else empty text
/// @param stamp our label `dev.tandem.config`: a hash over what only a new container can change
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
    /// Whether its processes run: paused ones do not.
    public boolean running() {
        return state.equals("running");
    }
}
