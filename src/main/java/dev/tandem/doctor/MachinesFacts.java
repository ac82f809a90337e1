package dev.tandem.doctor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// All facts that were gathered about a site over machines.
///
/// @param here what can be seen of the machine that asks
/// @param compose the version of Compose on it; empty when there is none
/// @param machines what was found out about each machine, in the order of the file
/// @param site the site, seen from all machines that answered
public record MachinesFacts(
        MachineSeen here,
        Answer<Optional<String>> compose,
        SequencedMap<String, MachineFacts> machines,
        SiteSeen site) {
    public MachinesFacts {
        machines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(machines));
    }

    /// Those that answered.
    SequencedMap<String, MachineFacts.Answered> answered() {
        SequencedMap<String, MachineFacts.Answered> answered = new LinkedHashMap<>();
        machines.forEach((name, facts) -> {
            if (facts instanceof MachineFacts.Answered one) {
                answered.put(name, one);
            }
        });
        return answered;
    }

    /// Whether any machine answered.
    public boolean isAnyThere() {
        return !answered().isEmpty();
    }

    /// The names of all of them.
    List<String> names() {
        return List.copyOf(machines.keySet());
    }
}
