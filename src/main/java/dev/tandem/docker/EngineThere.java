package dev.tandem.docker;

import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// The Docker engine as a program of another machine, which is reached by ssh beside the way to the
/// engine itself.
final class EngineThere implements Engine {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Who runs it may start it again: systemd does that after 2 s.
    private static final Duration BY_ITSELF = Duration.ofSeconds(20);

    private static final Duration ANSWER = Duration.ofSeconds(30);

    /// Returns when the process is gone.
    private static final String KILL =
            "p=$(cat /var/run/docker.pid) && kill -KILL $p || exit 1; i=0;"
                    + " while kill -0 $p 2>/dev/null && [ $i -lt 100 ];"
                    + " do sleep 0.1; i=$((i + 1)); done; [ $i -lt 100 ]";

    private static final String START =
            "if [ -d /run/systemd/system ]; then systemctl start docker;"
                    + " else /etc/init.d/docker start; fi";

    private final String machine;
    private final Supplier<Optional<Unreachable>> absence;
    private final Supplier<Runner> way;
    private final FarShell shell;
    private final Await await;

    /// @param absence why it does not answer, also by another way than before; empty when it does
    /// @param way the way to the engine, as it is now
    EngineThere(
            String machine,
            Supplier<Optional<Unreachable>> absence,
            Supplier<Runner> way,
            FarShell shell,
            Await await) {
        this.machine = machine;
        this.absence = absence;
        this.way = way;
        this.shell = shell;
        this.await = await;
    }

    /// What may be an obstacle is one of the machine as well ({@link SiteMachine#notToEnd}).
    @Override
    public Optional<String> obstacle() {
        return Optional.empty();
    }

    @Override
    public Containers containers() {
        return Engine.containers(way.get());
    }

    @Override
    public boolean answers() {
        return absence.get().isEmpty();
    }

    @Override
    public void kill() {
        Output output = shell.run(LIMIT, KILL);
        if (!output.ok()) {
            throw failed("killed", output.lastLines(3));
        }
    }

    @Override
    public void ensure() {
        if (isBack(BY_ITSELF)) {
            return;
        }
        Output output = shell.run(LIMIT, START);
        if (!output.ok() || !isBack(ANSWER)) {
            throw failed("started", output.lastLines(3));
        }
    }

    private boolean isBack(Duration limit) {
        return await.until(limit, () -> answers() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    private Stop failed(String what, String seen) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "the Docker engine of " + machine + " could not be " + what,
                seen,
                "the engine may be down; with live-restore its containers go on",
                "ssh " + shell.machine().ssh() + " systemctl status docker");
    }
}
