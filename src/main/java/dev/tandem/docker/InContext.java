package dev.tandem.docker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Runs commands on the engine of a context of the docker command line. The option says which one:
/// a variable would lose against the user's `DOCKER_HOST`.
final class InContext implements Runner {
    private final String context;
    private final Runner processes;

    /// @param processes runs commands on this machine
    InContext(String context, Runner processes) {
        this.context = context;
        this.processes = processes;
    }

    @Override
    public Output run(Command command, Consumer<String> line) {
        return processes.run(there(command), line);
    }

    @Override
    public Following follow(Command command, Path file) {
        return processes.follow(there(command), file);
    }

    @Override
    public Where where() {
        return context.equals("default") ? Where.HERE : Where.ELSEWHERE;
    }

    private Command there(Command command) {
        if (!command.argv().getFirst().equals("docker")) {
            return command;
        }
        List<String> argv = new ArrayList<>(List.of("docker", "--context", context));
        argv.addAll(command.argv().subList(1, command.argv().size()));
        return new Command(
                argv,
                command.limit(),
                command.directory(),
                command.environment(),
                command.prints());
    }
}
