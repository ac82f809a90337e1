package dev.tandem.model;

/// What an operator asks of a balancer.
public enum Duty {
    /// It takes part as the site file says.
    SERVE,
    /// Another one is preferred: it holds the VIP only when no other can.
    YIELD,
    /// Out of service: it never holds the VIP. Existing connections go on.
    MAINTENANCE;

    /// The word for it in files and on screen: `serve`, `yield`, `maintenance`.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
