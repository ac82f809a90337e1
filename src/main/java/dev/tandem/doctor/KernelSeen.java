package dev.tandem.doctor;

import java.util.HashMap;
import java.util.Map;

/// What the kernel lets a balancer do, as `kernel-facts` in the balancers' image reports it.
///
/// @param facts the lines of its report
public record KernelSeen(Map<String, String> facts) {
    public KernelSeen {
        facts = Map.copyOf(facts);
    }

    /// Parses the report: lines of key=value.
    static KernelSeen parse(String text) {
        Map<String, String> facts = new HashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                facts.put(line.substring(0, equals), line.substring(equals + 1).strip());
            }
        }
        return new KernelSeen(facts);
    }

    /// The kernel's release, as in uname(1).
    String release() {
        return facts.getOrDefault("release", "");
    }

    /// The kernel's build, as in uname(1); on Debian it contains the actual version.
    String build() {
        return facts.getOrDefault("build", "");
    }

    /// `kept`, `free`, or `unknown`: whether a program keeps the clock synchronised.
    String clock() {
        return facts.getOrDefault("clock", "unknown");
    }

    /// `yes`, or the message from trying it.
    String tried(String feature) {
        return facts.getOrDefault(feature, "unknown");
    }
}
