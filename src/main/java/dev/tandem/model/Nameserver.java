package dev.tandem.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A DNS server.
///
/// @param port its UDP port
public record Nameserver(Ip4 address, int port) {
    /// RFC 1035, section 4.2.
    private static final int USUAL = 53;

    private static final int MOST = 65_535;
    private static final Pattern FORM = Pattern.compile("([0-9.]+)(?::([1-9][0-9]{0,4}))?");

    /// From `ADDRESS` or `ADDRESS:PORT`; empty when it is neither.
    public static Optional<Nameserver> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = form.group(2) == null ? USUAL : Integer.parseInt(form.group(2));
        return Ip4.parse(form.group(1))
                .filter(_ -> port <= MOST)
                .map(address -> new Nameserver(address, port));
    }

    /// As HAProxy wants it, with the port.
    @Override
    public String toString() {
        return address + ":" + port;
    }
}
