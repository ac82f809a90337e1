package dev.tandem.drill.ground;

import dev.tandem.docker.Output;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A program in a balancer's container, with all of its processes.
///
/// Found by searching /proc with what every shell has: `pidof` and `pkill` are missing in small
/// images.
public enum Program {
    HAPROXY,
    KEEPALIVED;

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /// Prints `PID STATE` for every process whose name begins with $1, the state as in
    /// proc_pid_status(5); with $2, sends them all this signal first. A process that has ended by
    /// then, such as a check of the configuration, needs none.
    static final String SCRIPT =
            """
            all=
            for p in /proc/[0-9]*; do
              read -r name <$p/comm || continue
              case $name in "$1"*) all="$all ${p#/proc/}" ;; esac
            done 2>/dev/null
            for p in $all; do
              [ -z "$2" ] || kill -"$2" "$p" || [ ! -e "/proc/$p" ] || exit 1
            done 2>/dev/null
            for p in $all; do
              while read -r key state rest; do
                [ "$key" != State: ] || echo "$p $state"
              done </proc/$p/status
            done 2>/dev/null
            true
            """;

    /// The kernel's name for it.
    public String word() {
        return switch (this) {
            case HAPROXY -> "haproxy";
            case KEEPALIVED -> "keepalived";
        };
    }

    /// Its processes, each as `PID STATE`; T means stopped. Empty if none is running.
    public List<String> processes(Ground ground, Node node) {
        return ask(ground, node, "");
    }

    /// Why its processes cannot be sent signals from inside the node.
    public Optional<String> unreachable(Ground ground, Node node) {
        Optional<String> shared = Foreign.sharedProcesses(ground, List.of(node));
        if (shared.isPresent()) {
            return shared;
        }
        Output shell = ground.nodes().exec(node.container(), LIMIT, "sh", "-c", ":");
        if (!shell.ok()) {
            return Optional.of(
                    "no shell in %s: %s".formatted(node.container(), shell.lastLines(1)));
        }
        List<String> all = processes(ground, node);
        if (all.isEmpty()) {
            return Optional.of(word() + " does not run in " + node.container());
        }
        return all.stream().anyMatch(line -> line.startsWith("1 "))
                ? Optional.of(word() + " is process 1 there, which no signal reaches")
                : Optional.empty();
    }

    /// Sends a signal to all of its processes.
    public void signal(Ground ground, Node node, String signal) {
        ask(ground, node, signal);
    }

    private List<String> ask(Ground ground, Node node, String signal) {
        Output output =
                ground.nodes()
                        .exec(node.container(), LIMIT, "sh", "-c", SCRIPT, "sh", word(), signal);
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "the processes of " + word() + " in " + node.container() + " were not reached",
                    output.lastLines(3),
                    "unknown: some of them may have got the signal",
                    "docker ps --all");
        }
        return output.lines().stream().filter(line -> !isGone(line)).toList();
    }

    private static boolean isGone(String line) {
        return line.endsWith(" Z") || line.endsWith(" X");
    }
}
