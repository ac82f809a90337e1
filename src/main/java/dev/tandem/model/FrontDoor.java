package dev.tandem.model;

import java.util.List;

/// What a balancer does with requests and answers, besides choosing a web server.
///
/// @param redirectHttp whether clients that come over plain HTTP are sent to HTTPS
/// @param headers what is changed in the headers
/// @param trustedProxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed
/// @param haproxy lines for haproxy.cfg, behind Tandem's
/// @param compression whether text is compressed for clients
/// @param syslog where log lines go besides the engine
/// @param receivers who is told what happens; `notify` in the site file
public record FrontDoor(
        RedirectHttp redirectHttp,
        Headers headers,
        List<AddressRange> trustedProxies,
        OwnLines haproxy,
        Compression compression,
        List<Syslog> syslog,
        List<Receiver> receivers) {
    /// Nothing.
    public static final FrontDoor PLAIN =
            new FrontDoor(
                    RedirectHttp.OFF,
                    Headers.AS_THEY_ARE,
                    List.of(),
                    OwnLines.NONE,
                    Compression.OFF,
                    List.of(),
                    List.of());

    public FrontDoor {
        trustedProxies = List.copyOf(trustedProxies);
        syslog = List.copyOf(syslog);
        receivers = List.copyOf(receivers);
    }

    /// Whether text is compressed for clients.
    public enum Compression {
        ON,
        OFF
    }

    /// Whether clients that come over plain HTTP are sent to HTTPS.
    public enum RedirectHttp {
        ON,
        OFF
    }
}
