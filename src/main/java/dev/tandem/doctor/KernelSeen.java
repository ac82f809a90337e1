package dev.tandem.doctor;

import java.util.HashMap;
import java.util.Map;

/// What the kernel lets a balancer do, as `kernel-facts` says inside of the balancers' image.
///
/// @param facts its lines
public record KernelSeen(Map<String, String> facts) {
    public KernelSeen {
        facts = Map.copyOf(facts);
    }

    /// Understands what it printed: lines of key=value.
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

    /// The kernel's release, as uname(1) has it.
    String release() {
        return facts.getOrDefault("release", "");
    }

    /// The kernel's build, as uname(1) has it; Debian says there which version it really is.
    String build() {
        return facts.getOrDefault("build", "");
    }

    /// `kept`, `free`, or `unknown`: whether a program sets the clock by others.
    String clock() {
        return facts.getOrDefault("clock", "unknown");
    }

    /// `yes`, or what was said when it was tried.
    String tried(String feature) {
        return facts.getOrDefault(feature, "unknown");
    }
}
