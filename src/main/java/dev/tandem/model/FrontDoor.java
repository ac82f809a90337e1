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
/// @param logFormat how a request is logged
/// @param errors pages for what a balancer itself answers, by status
/// @param access whose connections are taken at all
/// @param http3 whether clients of the VIP may come over QUIC as well
/// @param receivers who is told what happens; `notify` in the site file
public record FrontDoor(
        RedirectHttp redirectHttp,
        Headers headers,
        List<AddressRange> trustedProxies,
        OwnLines haproxy,
        Compression compression,
        List<Syslog> syslog,
        LogFormat logFormat,
        List<ErrorPage> errors,
        Access access,
        Http3 http3,
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
                    LogFormat.HTTPLOG,
                    List.of(),
                    Access.EVERYBODY,
                    Http3.OFF,
                    List.of());

    public FrontDoor {
        trustedProxies = List.copyOf(trustedProxies);
        syslog = List.copyOf(syslog);
        receivers = List.copyOf(receivers);
        errors = List.copyOf(errors);
    }

    /// How requests and connections are logged.
    public enum LogFormat {
        /// HAProxy's own lines: `option httplog` and, of TCP services, `tcplog`.
        HTTPLOG("httplog"),
        /// An object in each line.
        JSON("json");

        private final String word;

        LogFormat(String word) {
            this.word = word;
        }

        /// The word for it in the site file.
        public String word() {
            return word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /// Whether clients of the VIP may come over QUIC as well (RFC 9114).
    public enum Http3 {
        ON,
        OFF
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
