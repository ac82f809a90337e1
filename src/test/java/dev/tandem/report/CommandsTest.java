package dev.tandem.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.drill.DrillResult;
import dev.tandem.drill.FaultResult;
import dev.tandem.drill.ReportSample;
import dev.tandem.drill.judge.Cause;
import dev.tandem.drill.judge.CommandRun;
import dev.tandem.model.Budget;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every form of a report shows the commands of an operator's change and their output, and no such
/// section where a fault was injected.
class CommandsTest {
    private static final CommandRun RUN =
            new CommandRun("tandem apply <now>", 0, 3, 1_000_000_000L, 2_500_000_000L);
    private static final String OUTPUT = "$ tandem apply <now>\nno & no\n# exit 3, not 0\n";

    private static DrillResult drill(Cause cause) {
        FaultResult sample = ReportSample.drill().results().getFirst();
        FaultResult change =
                new FaultResult(
                        "change",
                        1,
                        sample.prediction(),
                        sample.judgement(),
                        sample.evidence(),
                        cause);
        return new DrillResult("run", "site", Budget.NONE, List.of(), List.of(change));
    }

    private static final DrillResult CHANGE = drill(new Cause.Changed(List.of(RUN), OUTPUT));
    private static final DrillResult FAULT = drill(new Cause.Broken());

    @Test
    void the_text_shows_how_each_command_ended_and_what_it_printed() {
        assertThat(TextReport.of(CHANGE))
                .contains(
                        """
                        change ran:
                          exit 3, not 0 after 1.5 s: tandem apply <now>
                        change, change-1/command.log:
                          $ tandem apply <now>
                          no & no
                        """);
        assertThat(TextReport.of(FAULT)).doesNotContain("command.log");
    }

    @Test
    void only_the_first_and_last_of_many_commands_and_the_end_of_a_long_output_are_shown() {
        List<CommandRun> many = Collections.nCopies(100, RUN);
        String text = TextReport.of(drill(new Cause.Changed(many, "line\n".repeat(50))));

        assertThat(text).contains("  ... 92 more\n", "the last 20 of 50 lines:");
        assertThat(text.lines().filter(line -> line.equals("  line"))).hasSize(20);
    }

    @Test
    void json_has_the_commands() {
        assertThat(JsonReport.of(CHANGE))
                .contains(
                        "\"command\" : \"tandem apply <now>\"",
                        "\"exit\" : 3",
                        "\"expected_exit\" : 0",
                        "\"took_ms\" : 1500",
                        "\"output\" : \"$ tandem apply <now>\\nno & no\\n");
        assertThat(JsonReport.of(FAULT)).doesNotContain("\"commands\"", "\"output\"");
    }

    @Test
    void junit_xml_and_html_have_the_output_as_text() {
        String escaped = "$ tandem apply &lt;now&gt;\nno &amp; no\n# exit 3, not 0";

        assertThat(JunitReport.of(CHANGE)).contains("<system-out>" + escaped + "\n</system-out>");
        assertThat(HtmlReport.of(CHANGE))
                .contains("<pre class=\"commands\" tabindex=\"0\">" + escaped + "</pre>");
        assertThat(JunitReport.of(FAULT)).doesNotContain("system-out");
        assertThat(HtmlReport.of(FAULT)).doesNotContain("class=\"commands\"");
    }
}
