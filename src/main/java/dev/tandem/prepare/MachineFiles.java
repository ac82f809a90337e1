package dev.tandem.prepare;

import dev.tandem.docker.FarDirectory;
import dev.tandem.docker.Output;
import dev.tandem.model.Stop;
import dev.tandem.render.Layout;
import dev.tandem.render.Notes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The files of a site on its machines.
///
/// A state is first copied to each machine as a whole, aside, in `.next` there, and what arrived is
/// compared with what was sent. A step then takes a file over within the machine, in one move. So a
/// machine whose disk is full, or that goes away on the way, is known before anything is changed,
/// and never has half a file. What lies there is asked, not remembered: a machine may have got a
/// new disk. The site's directory on this machine is a copy, written after the machine.
public final class MachineFiles implements SiteFiles, AutoCloseable {
    /// Its name, and the end of that of what is removed, on a machine.
    private static final String ASIDE = Layout.NEXT;

    private static final String MAKE = "chmod 700 .; rm -rf .next; mkdir -m 700 .next";

    private static final String CLEAN = "rm -rf .next";

    private static final String HASHES =
            "cd \"$1\"; find . -name '.*' ! -name . -prune -o -type f -print0 |"
                    + " xargs -0r sha256sum";

    private static final String INSTALL =
            """
            for path; do
              directory=$(dirname "$path")
              if [ -e ".next/$path" ]; then
                mkdir -p "$directory"
                new="$directory/.$(basename "$path").new"
                rm -rf "$new"
                cp -p ".next/$path" "$new"
                mv -fT "$new" "$path"
              else
                rm -f "$path"
                [ ! -d "$directory" ] || rmdir -p --ignore-fail-on-non-empty "$directory" || :
              fi
            done
            """;

    private static final String NOTE =
            """
            directory=$(dirname "$1")
            new="$directory/.$(basename "$1").new"
            rm -rf "$new"
            printf %s "$2" >"$new"
            mv -fT "$new" "$1"
            """;

    /// The note, and whether something lies aside: what was killed before it could remove it.
    private static final String NOTED =
            """
            [ ! -e "$1" ] || cat "$1"
            [ ! -e .next ] || echo aside
            """;

    private final SiteDirectory copy;
    private final SequencedMap<String, FarDirectory> machines;
    private final List<String> away;
    private final Map<String, Path> aside = new ConcurrentHashMap<>();

    /// What was noted on each machine when it was first asked.
    private final Map<String, String> notes = new ConcurrentHashMap<>();

    /// @param copy the site's directory on this machine
    /// @param machines by name; of one that is missing, the copy is believed
    /// @param away those of the missing ones that come back: nothing changes in their copy
    public MachineFiles(
            SiteDirectory copy, SequencedMap<String, FarDirectory> machines, List<String> away) {
        this.copy = copy;
        this.machines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(machines));
        this.away = List.copyOf(away);
    }

    /// The same without machines that have gone away meanwhile: nothing changes in their copy.
    public MachineFiles without(Collection<String> lost) {
        SequencedMap<String, FarDirectory> left = new LinkedHashMap<>(machines);
        left.keySet().removeAll(lost);
        List<String> all = new ArrayList<>(away);
        all.addAll(lost);
        return new MachineFiles(copy, left, all);
    }

    @Override
    public SortedMap<String, String> hashes(Collection<String> paths) {
        SortedMap<String, String> hashes = copy.hashes(paths);
        hashes.keySet().removeIf(path -> isFar(path));
        EachMachine.of(machines(), machine -> hashes(directory(machine), "."))
                .forEach((machine, there) ->
                        there.forEach((path, hash) -> {
                            String place = Layout.onMachine(machine, path);
                            if (paths.contains(place)) {
                                hashes.put(place, hash);
                            }
                        }));
        return hashes;
    }

    private boolean isFar(String path) {
        return Layout.machineOf(path).filter(machines::containsKey).isPresent();
    }

    private static SortedMap<String, String> hashes(FarDirectory directory, String below) {
        SortedMap<String, String> hashes = new TreeMap<>();
        directory.answer(HASHES, List.of(below)).lines().stream()
                .map(line -> line.split(" [ *]\\./", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> hashes.put(words[1], words[0]));
        return hashes;
    }

    /// Whether nothing of the site lies on a machine.
    public boolean isEmpty(String machine) {
        FarDirectory directory = machines.get(machine);
        return directory != null && hashes(directory, ".").isEmpty();
    }

    /// Copies a state to all machines, aside.
    ///
    /// @throws Stop when it did not arrive as it was sent
    public void layAside(SiteDirectory source) {
        EachMachine.of(
                machines(),
                machine -> {
                    layAside(machine, source);
                    return machine;
                });
    }

    private void layAside(String machine, SiteDirectory source) {
        if (source.root().equals(aside.get(machine))) {
            return;
        }
        FarDirectory directory = directory(machine);
        Path from = source.root().resolve(Layout.machine(machine));
        directory.answer(MAKE, List.of());
        aside.remove(machine);
        if (Files.isDirectory(from)) {
            directory.copy(from, ASIDE);
        }
        SiteDirectory sent = new SiteDirectory(from);
        if (!sent.hashes(sent.paths()).equals(hashes(directory, ASIDE))) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the files did not arrive on " + machine + " as they were sent",
                    "their hashes differ",
                    "no file that a container reads was changed by this",
                    "tandem plan");
        }
        aside.put(machine, source.root());
    }

    private FarDirectory directory(String machine) {
        FarDirectory directory = machines.get(machine);
        if (directory == null) {
            throw new IllegalArgumentException("nothing is written on " + machine + " now");
        }
        return directory;
    }

    /// Also what lies on a machine that came back, though this directory has forgotten it: keys
    /// must go with their nodes.
    @Override
    public SortedMap<String, String> written() {
        SortedMap<String, String> written = copy.written();
        machines.keySet()
                .forEach(machine ->
                        AppliedNote.files(noted(machine))
                                .forEach((path, hash) ->
                                        written.putIfAbsent(
                                                Layout.onMachine(machine, path), hash)));
        return written;
    }

    @Override
    public String read(String path) {
        return copy.read(path);
    }

    @Override
    public void install(SiteDirectory source, Collection<String> paths) {
        List<String> reached = paths.stream().filter(path -> !isAway(path)).toList();
        Map<String, List<String>> far = new LinkedHashMap<>();
        for (String path : reached) {
            Layout.machineOf(path)
                    .filter(machines::containsKey)
                    .ifPresent(machine ->
                            far.computeIfAbsent(machine, _ -> new ArrayList<>())
                                    .add(Layout.there(path)));
        }
        EachMachine.of(
                List.copyOf(far.keySet()),
                machine -> {
                    layAside(machine, source);
                    directory(machine).answer(INSTALL, far.getOrDefault(machine, List.of()));
                    return machine;
                });
        copy.install(source, reached);
    }

    /// What lies on a machine that is away stays as it is, there and in the copy.
    private boolean isAway(String path) {
        return Layout.machineOf(path).filter(away::contains).isPresent();
    }

    @Override
    public void note(String path, String text) {
        if (isAway(path)) {
            return;
        }
        Layout.machineOf(path)
                .filter(machines::containsKey)
                .ifPresent(machine ->
                        directory(machine).answer(NOTE, List.of(Layout.there(path), text)));
        copy.note(path, text);
    }

    /// Which change wrote what lies on a machine; empty when none did.
    public Optional<AppliedNote> applied(String machine) {
        return AppliedNote.parse(noted(machine));
    }

    private String noted(String machine) {
        return notes.computeIfAbsent(
                machine, one -> directory(one).answer(NOTED, List.of(AppliedNote.name())).stdout());
    }

    /// Notes on a machine which change wrote what lies there now, which is the end of what lies
    /// aside. What is the same is not written again by somebody else.
    public void note(String machine, AppliedNote note) {
        TreeMap<String, String> files = new TreeMap<>();
        copy.written()
                .forEach((path, hash) -> {
                    if (Layout.machineOf(path).equals(Optional.of(machine))) {
                        files.put(Layout.there(path), hash);
                    }
                });
        String there = noted(machine);
        AppliedNote last = AppliedNote.parse(there).orElse(note);
        AppliedNote next = last.change() == note.change() ? last : note;
        String text = next.text(copy.read(Notes.SITE_FILE), files);
        if (!text.equals(there)) {
            directory(machine).answer(NOTE + CLEAN, List.of(AppliedNote.name(), text));
            aside.remove(machine);
            notes.put(machine, text);
        }
    }

    /// The machines on which files can be written now.
    public List<String> machines() {
        return List.copyOf(machines.keySet());
    }

    /// Removes what lies aside, and the way to the machines.
    @Override
    public void close() {
        EachMachine.of(
                machines(),
                machine -> {
                    if (aside.containsKey(machine)) {
                        Output _ = directory(machine).run(CLEAN, List.of());
                    }
                    directory(machine).close();
                    return machine;
                });
    }
}
