package dev.tandem.cli;

import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import dev.tandem.text.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which node of a site stands on which of its machines, and where it is found. Pure.
final class MachinesText {
    private MachinesText() {}

    /// A table; empty for a site that names no machines.
    static Optional<String> of(Site site) {
        if (!site.hasMachines()) {
            return Optional.empty();
        }
        Table table = new Table("MACHINE", "REACHED BY", "INTERFACE", "NODE", "ADDRESS");
        for (Machine machine : site.machines()) {
            List<String> head =
                    List.of(
                            machine.name(),
                            machine.reach().toString(),
                            machine.lanInterface().word());
            for (Map.Entry<String, String> node : nodes(site, machine).entrySet()) {
                List<String> row = new ArrayList<>(head);
                row.addAll(List.of(node.getKey(), node.getValue()));
                table.row(row);
                head = List.of("", "", "");
            }
        }
        return Optional.of(table.toString());
    }

    /// The address of each node on a machine, in the order of the file.
    static Map<String, String> nodes(Site site, Machine machine) {
        Map<String, String> nodes = new LinkedHashMap<>();
        site.balancersOn(machine.name())
                .forEach(one -> nodes.put(one.name(), one.lanAddress().toString()));
        site.ownServersOn(machine.name())
                .forEach(one -> nodes.put(one.name(), one.address().toString()));
        return nodes;
    }
}
