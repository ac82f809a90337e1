package dev.tandem.model;

/// What a balancer does with requests and answers, besides choosing a web server.
///
/// @param redirectHttp whether clients that come over plain HTTP are sent to HTTPS
public record FrontDoor(RedirectHttp redirectHttp) {
    /// Nothing.
    public static final FrontDoor PLAIN = new FrontDoor(RedirectHttp.OFF);

    /// Whether clients that come over plain HTTP are sent to HTTPS.
    public enum RedirectHttp {
        ON,
        OFF
    }
}
