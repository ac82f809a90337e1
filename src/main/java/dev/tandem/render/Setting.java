package dev.tandem.render;

import dev.tandem.model.Lan;

/// What rendering depends on besides the site: facts of the machine, or choices of the caller.
///
/// @param lan how the LAN is built on this machine
/// @param images the images that the containers run
/// @param contentBase what goes before a relative `content:` path so that Compose, which resolves
///   it against the directory of compose.yaml, finds it
/// @param certificates a short hash over the certificates: when they change, a configuration is
///   judged again
public record Setting(Lan lan, Images images, String contentBase, String certificates) {

    /// The references of the two images.
    ///
    /// @param balancer HAProxy, Keepalived and their init
    /// @param web Nginx
    public record Images(String balancer, String web) {}
}
