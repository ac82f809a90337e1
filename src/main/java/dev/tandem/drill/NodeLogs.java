package dev.tandem.drill;

import dev.tandem.disk.Disk;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.drill.fault.Change;
import dev.tandem.drill.fault.Deed;
import dev.tandem.drill.fault.Fault;
import dev.tandem.evidence.Scene;
import dev.tandem.evidence.Witness;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Keeps what the nodes log during a drill.
///
/// Docker is asked for the logs at the end, so nothing is disturbed meanwhile. But a container's
/// log disappears with the container: the logs of containers that an operator's change may replace
/// or remove are also followed from the beginning. If one is replaced twice, what it logged in
/// between is lost, and then it is not known whether a request ran twice.
final class NodeLogs implements AutoCloseable {
    private final Docker docker;
    private final Path directory;
    private final Instant since;
    private final Map<String, Followed> followed = new TreeMap<>();

    /// @param directory the directory of the recording
    /// @param now when the drill begins
    NodeLogs(Docker docker, Path directory, Instant now) {
        this.docker = docker;
        this.directory = directory;
        this.since = now.minusSeconds(1);
    }

    /// A container whose log is followed.
    private record Followed(String id, Following following) {}

    /// The same, following these nodes if the deed may take their logs away.
    NodeLogs of(Deed deed, List<Witness> nodes) {
        switch (deed) {
            case Fault _ -> {}
            case Change _ -> follow(nodes);
        }
        return this;
    }

    private void follow(List<Witness> nodes) {
        for (Witness node : nodes) {
            Optional<String> id = docker.id(node.container());
            if (id.isPresent()) {
                Path file = Recording.log(directory, node);
                Following following = docker.followLogs(node.container(), since, file);
                followed.put(node.name(), new Followed(id.get(), following));
            }
        }
    }

    /// Writes what every node has logged since the beginning; returns why a node's log could not be
    /// read, by node.
    Map<String, String> keep(Scene scene) throws IOException {
        close();
        Map<String, String> unread = new TreeMap<>();
        for (Witness node : scene.nodes()) {
            Path file = Recording.log(directory, node);
            Output output = docker.logsSince(node.container(), since);
            try {
                String now = output.ok() ? output.stdout() : "";
                if (isAnother(node) && Files.exists(file)) {
                    Disk.replace(file, Recording.text(file) + now);
                } else if (output.ok()) {
                    Disk.replace(file, now);
                } else {
                    unread.put(node.name(), output.lastLines(1));
                }
            } catch (Stop e) {
                unread.put(node.name(), e.seen());
            }
        }
        return unread;
    }

    /// Whether the container that was followed is gone; a new one may have its name.
    private boolean isAnother(Witness node) {
        Followed before = followed.get(node.name());
        return before != null && !docker.id(node.container()).equals(Optional.of(before.id()));
    }

    /// Stops following.
    @Override
    public void close() {
        followed.values().forEach(one -> one.following().close());
    }
}
