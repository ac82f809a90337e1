package dev.tandem.render;

import dev.tandem.model.Lan;

/// What rendering depends on besides the site: found on the machine, or decided by the caller.
///
/// @param lan how the LAN is built on this machine
/// @param images the images that the containers run
/// @param contentBase what goes before a relative `content:` path so that Compose, which resolves
///   it against the directory of compose.yaml, finds it
/// @param certificates a short hash over the certificates: with other ones a configuration that was
///   judged is judged again
public record Setting(Lan lan, Images images, String contentBase, String certificates) {

    /// References of the two images.
    ///
    /// @param balancer HAProxy, Keepalived and their init
    /// @param web Nginx
    public record Images(String balancer, String web) {}
}
