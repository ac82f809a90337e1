package dev.tandem.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/// How often the web servers ran each request that must not run twice (POST), from their own logs.
public sealed interface Executions {

    /// All logs were read.
    ///
    /// @param counts how often, by the request's id; a request that no web server saw is left out
    record Counted(Map<String, Integer> counts) implements Executions {
        public Counted {
            counts = Map.copyOf(counts);
        }
    }

    /// Some log could not be read.
    record Unknown(String reason) implements Executions {}

    /// Counts the runs.
    ///
    /// @param logs the logs of all nodes whose logs could be read
    /// @param unread why the others could not be read, by node
    static Executions of(List<NodeLog> logs, Map<String, String> unread) {
        if (!unread.isEmpty()) {
            Entry<String, String> first = unread.entrySet().iterator().next();
            return new Unknown("the log of " + first.getKey() + ": " + first.getValue());
        }
        Map<String, Integer> counts = new HashMap<>();
        for (NodeLog log : logs) {
            if (log.node().role() == Witness.Role.SERVER) {
                for (NodeLog.Line line : log.lines()) {
                    WebEntry.parse(line.text())
                            .filter(entry -> entry.kind() == WebEntry.Kind.RAN)
                            .ifPresent(entry -> counts.merge(entry.id(), 1, Integer::sum));
                }
            }
        }
        return new Counted(counts);
    }
}
