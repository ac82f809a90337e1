package dev.tandem.render;

import dev.tandem.model.Lan;
import java.util.Optional;

/// What rendering depends on besides the site: facts of the machine, or choices of the caller.
///
/// @param lan how the LAN is built on this machine
/// @param images the images that the containers run
/// @param contentBase what goes before a relative `content:` path so that Compose, which resolves
///   it against the directory of compose.yaml, finds it
/// @param certificates a short hash over the certificates: when they change, a configuration is
///   judged again
/// @param certificateName the first name in the user's own certificate; empty when there is none
/// @param challenge what proves to a CA that names are the site's: the thumbprint of its account;
///   empty when no CA asks
public record Setting(
        Lan lan,
        Images images,
        String contentBase,
        String certificates,
        Optional<String> certificateName,
        Optional<String> challenge) {

    /// With no CA that asks.
    public Setting(
            Lan lan,
            Images images,
            String contentBase,
            String certificates,
            Optional<String> certificateName) {
        this(lan, images, contentBase, certificates, certificateName, Optional.empty());
    }

    /// Without a certificate of the user's own.
    public Setting(Lan lan, Images images, String contentBase, String certificates) {
        this(lan, images, contentBase, certificates, Optional.empty());
    }

    /// The references of the two images.
    ///
    /// @param balancer HAProxy, Keepalived and their init
    /// @param web Nginx
    public record Images(String balancer, String web) {}
}
