package dev.tandem.model;

/// What a container is in a site. The word is its label `dev.tandem.role` and the name of its
/// image.
public enum Role {
    /// HAProxy, Keepalived and their init.
    BALANCER("balancer"),
    /// Nginx.
    WEB("web"),
    /// The host's own way to the VIP, where the LAN is macvlan; a service of this name, too.
    LAN_ROUTE("lan-route");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /// As it is written.
    public String word() {
        return word;
    }

    /// Whether a label says this role.
    public boolean is(String label) {
        return word.equals(label);
    }
}
