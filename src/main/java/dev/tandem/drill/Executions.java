package dev.tandem.drill;

import java.util.Map;

/// How often the web servers ran each request that must not run twice (POST), by their own logs.
public sealed interface Executions {

    /// All logs were read.
    ///
    /// @param counts how often by the request's id; one that no web server saw is not named
    record Counted(Map<String, Integer> counts) implements Executions {
        public Counted {
            counts = Map.copyOf(counts);
        }
    }

    /// Some log could not be read.
    record Unknown(String reason) implements Executions {}
}
