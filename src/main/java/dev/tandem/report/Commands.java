package dev.tandem.report;

import dev.tandem.drill.FaultResult;
import dev.tandem.drill.judge.Cause;
import dev.tandem.drill.judge.CommandRun;
import dev.tandem.text.Seconds;
import java.util.ArrayList;
import java.util.List;

/// The commands of an operator's change and their output, for each form of a report; nothing if a
/// fault was injected.
final class Commands {
    /// The end of a long output shows the result; the recording has all of it.
    private static final int LAST = 20;

    private static final int MANY = 8;

    private Commands() {}

    /// For a terminal.
    static String text(FaultResult result) {
        return switch (result.cause()) {
            case Cause.Broken() -> "";
            case Cause.Changed(List<CommandRun> runs, String output) -> {
                List<String> lines = new ArrayList<>();
                lines.add(result.title() + " ran:");
                lines.addAll(ends(runs));
                lines.add(result.title() + ", " + file(result) + said(output));
                last(output).forEach(line -> lines.add("  " + line));
                yield String.join("\n", lines);
            }
        };
    }

    /// Each command with how it ended; of many, the first and the last.
    private static List<String> ends(List<CommandRun> runs) {
        List<String> all = runs.stream().map(Commands::end).toList();
        if (all.size() <= MANY) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, MANY / 2));
        some.add("  ... %d more".formatted(all.size() - MANY));
        some.addAll(all.subList(all.size() - MANY / 2, all.size()));
        return some;
    }

    private static String end(CommandRun run) {
        String took = Seconds.text(run.took());
        return "  %s after %s: %s".formatted(run.ending(), took, run.command());
    }

    private static String file(FaultResult result) {
        return "%s-%d/command.log".formatted(result.fault(), result.round());
    }

    private static String said(String output) {
        long lines = output.lines().count();
        return lines > LAST ? ", the last %d of %d lines:".formatted(LAST, lines) : ":";
    }

    private static List<String> last(String output) {
        List<String> lines = output.lines().toList();
        return lines.subList(Math.max(0, lines.size() - LAST), lines.size());
    }

    /// For the page.
    static String section(FaultResult result) {
        return switch (result.cause()) {
            case Cause.Broken() -> "";
            case Cause.Changed(var _, String output) ->
                    "<h3>What was run</h3>\n<pre class=\"commands\" tabindex=\"0\">%s</pre>\n"
                            .formatted(Xml.escaped(output.strip()));
        };
    }

    /// For JUnit XML.
    static String systemOut(FaultResult result) {
        return switch (result.cause()) {
            case Cause.Broken() -> "";
            case Cause.Changed(var _, String output) ->
                    "    <system-out>%s</system-out>\n".formatted(Xml.escaped(output));
        };
    }
}
