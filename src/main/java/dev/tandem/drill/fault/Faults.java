package dev.tandem.drill.fault;

import dev.tandem.drill.ground.Struck;
import dev.tandem.model.Suggestion;
import java.util.List;
import java.util.Optional;

/// All faults, by name.
///
/// @param all in the order in which they are shown
public record Faults(List<Fault> all) {
    public Faults {
        all = List.copyOf(all);
    }

    /// Tandem's own.
    public static Faults known() {
        return new Faults(
                List.of(
                        ContainersDown.webKill(),
                        ContainersDown.webStop(),
                        ContainerPaused.webHang(),
                        new WebBusy(),
                        new WebRefuses(),
                        WebStandIn.web500(),
                        WebStandIn.webSlow(),
                        ContainersDown.webAllDown(),
                        ProgramKilled.haproxyKill(),
                        ProgramHung.haproxyHang(),
                        ProgramKilled.keepalivedKill(),
                        ProgramHung.keepalivedHang(),
                        ContainersDown.balancerKill(),
                        ContainersDown.balancerStop(),
                        ContainerPaused.balancerPause(),
                        new CutOff(),
                        PacketsDropped.cutFromPeer(),
                        PacketsDropped.cutFromServers(),
                        PacketsDropped.packetLoss(),
                        new BalancersRestarted(),
                        EngineEnded.restarted(),
                        EngineEnded.killed(),
                        new MachineRebooted(Struck.MASTERS),
                        new CpuStarvation(),
                        new Switchover()));
    }

    /// The fault, or the form of one, with this name.
    public Optional<Fault> named(String name) {
        return all.stream().flatMap(fault -> fault.called(name).stream()).findFirst();
    }

    /// The name that was probably meant; empty if none is close.
    public Optional<String> closest(String wrong) {
        return Suggestion.closest(
                wrong, all.stream().flatMap(fault -> fault.words().stream()).toList());
    }
}
