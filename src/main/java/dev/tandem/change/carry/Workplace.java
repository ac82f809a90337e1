package dev.tandem.change.carry;

import dev.tandem.change.state.ChangeLock;
import dev.tandem.docker.FarDirectory;
import dev.tandem.docker.SiteEngines;
import dev.tandem.docker.Unreachable;
import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.prepare.AppliedNote;
import dev.tandem.prepare.EachMachine;
import dev.tandem.prepare.MachineFiles;
import dev.tandem.prepare.OverMachines;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.prepare.SiteFiles;
import dev.tandem.render.Layout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/// Where a change works: the engines that a site stands on, and its files where its containers read
/// them.
///
/// @param engines those of the site
/// @param files its files
public record Workplace(SiteEngines engines, SiteFiles files) implements AutoCloseable {
    /// That of a site. Nothing is opened before it is used.
    ///
    /// @param directory its directory on this machine
    /// @param image that of the balancers, through which files on machines are worked on
    public static Workplace of(
            Site site, SiteEngines engines, SiteDirectory directory, String image) {
        if (!site.hasMachines()) {
            return new Workplace(engines, directory);
        }
        SequencedMap<String, FarDirectory> machines = new LinkedHashMap<>();
        String name = "tandem-files-" + site.name() + "-" + UUID.randomUUID();
        new OverMachines(site, engines)
                .asked()
                .forEach(machine ->
                        machines.put(
                                machine,
                                engines.on(machine)
                                        .directory(image, Layout.onMachines(site.name()), name)));
        return new Workplace(engines, new MachineFiles(directory, machines, engines.away()));
    }

    /// Its files on machines; empty when it has none.
    public Optional<MachineFiles> far() {
        return files instanceof MachineFiles far ? Optional.of(far) : Optional.empty();
    }

    /// The same without machines that have gone away meanwhile. It is this one that is closed.
    Workplace without(List<Unreachable> lost) {
        List<String> names = lost.stream().map(Unreachable::machine).toList();
        return new Workplace(
                engines.without(lost), far().<SiteFiles>map(f -> f.without(names)).orElse(files));
    }

    /// compose.yaml comes first; what no container reads yet, because there is nothing, is filled
    /// at once: a directory that is new, or what lies on a machine that is.
    void fill(SiteDirectory from) {
        if (files.written().isEmpty()) {
            files.install(from, from.paths());
            return;
        }
        List<String> empty =
                far().map(far -> far.machines().stream().filter(far::isEmpty).toList())
                        .orElse(List.of());
        files.install(
                from,
                from.paths().stream()
                        .filter(path ->
                                Layout.isCompose(path)
                                        || Layout.machineOf(path)
                                                .filter(empty::contains)
                                                .isPresent())
                        .toList());
    }

    /// Refuses to go on from a directory that does not know the last change: it was made from
    /// another one.
    ///
    /// @param last the last one that this directory knows
    /// @throws Stop naming the machine, and who made it
    public void refuseBehind(int last) {
        far().ifPresent(far ->
                EachMachine.of(far.machines(), far::applied)
                        .forEach((machine, note) ->
                                note.filter(one -> one.change() > last)
                                        .ifPresent(one -> refuse(machine, one, last))));
    }

    private static void refuse(String machine, AppliedNote note, int last) {
        throw new Stop(
                Stop.Kind.REFUSED,
                "%s is at change %d of this site, this directory at %d"
                        .formatted(machine, note.change(), last),
                "change %d was made by %s, in %s".formatted(note.change(), note.by(), note.where()),
                "nothing was changed",
                "go on from that directory, or copy it here first");
    }

    /// Ends the change on the machines that the site leaves, as {@link #noteApplied} and the lock
    /// do on the others in the end. Once the state does not name them any more, nobody comes back
    /// to one whose Tandem was killed. What cannot be done there is said in the end.
    ///
    /// @param site as it is now
    /// @param number that of the change
    /// @param directory the site's directory on this machine
    void leave(Site site, int number, SiteDirectory directory) {
        List<String> own = site.machines().stream().map(Machine::name).toList();
        AppliedNote note = note(number, directory, ChangeLock.me());
        far().ifPresent(far ->
                far.machines().stream()
                        .filter(machine -> !own.contains(machine))
                        .forEach(machine -> leave(far, machine, note, site.name())));
    }

    @SuppressWarnings("EmptyCatch") // said above
    private void leave(MachineFiles far, String machine, AppliedNote note, String site) {
        try {
            far.note(machine, note);
            ChangeLock.leave(site, engines.on(machine).volumes());
        } catch (Stop stop) {
            // It has gone away just now.
        }
    }

    private static AppliedNote note(int number, SiteDirectory directory, String by) {
        return new AppliedNote(number, by, directory.root().toAbsolutePath().toString());
    }

    /// Notes on each machine which change wrote what lies there.
    ///
    /// @param number that of the change
    /// @param directory the site's directory on this machine
    /// @param by who made it
    public void noteApplied(int number, SiteDirectory directory, String by) {
        AppliedNote note = note(number, directory, by);
        far().ifPresent(far ->
                EachMachine.of(
                        far.machines(),
                        machine -> {
                            far.note(machine, note);
                            return machine;
                        }));
    }

    @Override
    public void close() {
        far().ifPresent(MachineFiles::close);
    }
}
