package dev.tandem.model;

import java.time.Duration;

/// The times that decide how fast a fault is noticed.
///
/// @param advert VRRP's advertisement interval; a dead master is replaced after 3 × advert + skew
///   (RFC 9568, section 6.1, Active_Down_Interval)
/// @param check how often a balancer asks each web server
/// @param checkFast the same while a server changes its state
/// @param fall failed checks in a row until a web server is out
/// @param rise good checks in a row until it is in again
/// @param connect how long a connection to a web server may take
public record Timing(
        Duration advert, Duration check, Duration checkFast, int fall, int rise, Duration connect) {

    /// The times of every site.
    public static final Timing DEFAULT =
            new Timing(
                    Duration.ofMillis(100),
                    Duration.ofMillis(500),
                    Duration.ofMillis(200),
                    2,
                    2,
                    Duration.ofMillis(250));
}
