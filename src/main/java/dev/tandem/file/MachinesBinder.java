package dev.tandem.file;

import dev.tandem.file.Draft.MachinePart;
import dev.tandem.file.Draft.MachinesPart;
import dev.tandem.file.Fields.Worded;
import dev.tandem.file.yaml.Problems;
import dev.tandem.model.Reach;
import java.util.Optional;

/// Reads the section `machines`.
final class MachinesBinder {
    private MachinesBinder() {}

    static MachinesPart bind(Fields root, Problems problems) {
        if (!root.has(FrontKeys.MACHINES)) {
            return MachinesPart.NONE;
        }
        return new MachinesPart(
                true,
                root.requiredSection(FrontKeys.MACHINES).stream()
                        .flatMap(machines ->
                                machines
                                        .worded(
                                                FrontKeys.MACHINES,
                                                FrontKeys.MACHINE,
                                                ReachRules::word)
                                        .stream())
                        .map(machine -> part(machine, problems))
                        .toList());
    }

    private static MachinePart part(Worded<Reach> machine, Problems problems) {
        return new MachinePart(
                machine.name(),
                machine.word().or(() -> machine.fields().flatMap(map -> reach(map, problems))),
                machine.fields()
                        .flatMap(map ->
                                map.optional(
                                        FrontKeys.MACHINE_INTERFACE, NameRules::lanInterface)));
    }

    private static Optional<Found<Reach>> reach(Fields machine, Problems problems) {
        boolean ssh = machine.has(FrontKeys.MACHINE_SSH);
        boolean context = machine.has(FrontKeys.MACHINE_CONTEXT);
        if (ssh == context) {
            problems.add(
                    machine.spot(),
                    machine.path()
                            + (ssh
                                    ? ": 'ssh' cannot be combined with 'context'"
                                    : " does not say how the machine is reached"),
                    ssh
                            ? "remove one of the two"
                            : "add 'ssh: root@192.168.0.11' below it, or for this machine write"
                                    + " 'here' after the colon");
        }
        Optional<Found<Reach>> one = machine.optional(FrontKeys.MACHINE_SSH, ReachRules::ssh);
        Optional<Found<Reach>> other =
                machine.optional(FrontKeys.MACHINE_CONTEXT, ReachRules::context);
        return one.or(() -> other);
    }
}
