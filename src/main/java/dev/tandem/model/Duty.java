package dev.tandem.model;

/// What is asked of a balancer by hand.
public enum Duty {
    /// It takes part as the site file has it.
    SERVE,
    /// Rather another one: it holds the VIP only when no other can.
    YIELD,
    /// Out of service: it never holds the VIP. Connections that it has go on.
    MAINTENANCE;

    /// The word for it in files and on screen: `serve`, `yield`, `maintenance`.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
