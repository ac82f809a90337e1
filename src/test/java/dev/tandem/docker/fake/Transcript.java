package dev.tandem.docker.fake;

import dev.tandem.docker.Command;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Writes down what an engine is told and what it answers, as a terminal shows it:
///
/// ```
/// $ docker volume inspect --format {{.Name}} SITE_none
/// ! Error: No such volume: SITE_none
/// # exit 1
/// ```
///
/// What differs from machine to machine and from run to run has a name in its place, so that two
/// transcripts of the same script are equal when the engines are.
final class Transcript implements Runner {
    private final Runner engine;
    private final Normal normal;
    private final StringBuilder text = new StringBuilder();

    Transcript(Runner engine, Normal normal) {
        this.engine = engine;
        this.normal = normal;
    }

    @Override
    public Output run(Command command, Consumer<String> line) {
        Output output = engine.run(command, line);
        text.append("$ ").append(normal.command(command)).append('\n');
        normal.answer(command, output.stdout()).lines().forEach(l -> text.append(l + "\n"));
        normal.complaint(command, output).lines().forEach(l -> text.append("! " + l + "\n"));
        text.append("# exit ").append(output.exit()).append("\n\n");
        return output;
    }

    @Override
    public Following follow(Command command, Path file) {
        return engine.follow(command, file);
    }

    /// What is done beside the engine, or found out of its answers.
    void note(String what) {
        text.append("# ").append(what).append("\n\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
