package dev.tandem.model;

/// What a container does in a site. The word is its label `dev.tandem.role` and the name of its
/// image.
public enum Role {
    /// HAProxy, Keepalived and their init.
    BALANCER("balancer"),
    /// Nginx.
    WEB("web"),
    /// The host's own route to the VIP where the LAN is macvlan; a Compose service has this name,
    /// too.
    LAN_ROUTE("lan-route");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /// The word as it is written.
    public String word() {
        return word;
    }

    /// Whether a label names this role.
    public boolean is(String label) {
        return word.equals(label);
    }
}
