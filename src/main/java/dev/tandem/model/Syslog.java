package dev.tandem.model;

/// Where log lines go besides the engine: a program that takes syslog over UDP.
///
/// @param address its address
/// @param port its port
public record Syslog(Ip4 address, int port) {
    /// Where it usually is (RFC 5426).
    public static final int USUAL_PORT = 514;

    @Override
    public String toString() {
        return address + ":" + port;
    }
}
