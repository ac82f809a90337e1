package dev.tandem.model;

import java.util.Locale;

/// Whether the VIP goes back when a better balancer can have it again.
public enum Return {
    /// The first balancer of the file that can serve has it.
    ALWAYS,
    /// It stays where it is, as long as that balancer is not worse than another one.
    NEVER;

    /// Its word in the site file.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
