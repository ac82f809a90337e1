package dev.tandem.model;

/// What a balancer does with requests and answers, besides choosing a web server.
///
/// @param redirectHttp whether clients that come over plain HTTP are sent to HTTPS
/// @param headers what is changed in the headers
public record FrontDoor(RedirectHttp redirectHttp, Headers headers) {
    /// Nothing.
    public static final FrontDoor PLAIN = new FrontDoor(RedirectHttp.OFF, Headers.AS_THEY_ARE);

    /// Whether clients that come over plain HTTP are sent to HTTPS.
    public enum RedirectHttp {
        ON,
        OFF
    }
}
