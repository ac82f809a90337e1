package dev.tandem.model;

/// How requests are spread over the web servers.
///
/// @param balance the algorithm
/// @param retries how often a failed connection is tried again, 0 to 10 (HAProxy's `retries`)
/// @param check the path that a web server must answer with 2xx or 3xx to be in rotation
public record Backend(Balance balance, int retries, String check) {

    /// HAProxy's algorithms that need no further argument (HAProxy 3.0 configuration manual,
    /// `balance`).
    public enum Balance {
        ROUNDROBIN("roundrobin"),
        STATIC_RR("static-rr"),
        LEASTCONN("leastconn"),
        FIRST("first"),
        SOURCE("source"),
        RANDOM("random");

        private final String word;

        Balance(String word) {
            this.word = word;
        }

        /// HAProxy's own word for it, the same in the site file.
        public String word() {
            return word;
        }
    }
}
