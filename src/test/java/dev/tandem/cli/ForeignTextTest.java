package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import dev.tandem.model.Stop;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Text from other programs, such as the last lines of a container's log, cannot control the
/// terminal.
class ForeignTextTest {
    private static final String EVIL = "a\033[2Jb\u009b31mc\007d";

    @Test
    void eightBitEscapeSequencesDoNotReachTheTerminal() {
        Captured live = new Captured(Style.LIVE);
        live.console().begin("building");
        live.console().detail(EVIL);
        assertThat(live.err()).doesNotContain("\u009b");
    }

    @Test
    void theLogThatAStopShowsHasNoControlCharacters() {
        Captured lines = new Captured(Style.LINES);
        Doing verb =
                new Doing(
                        "up",
                        () -> {
                            throw new Stop(Stop.Kind.ENVIRONMENT, "no", EVIL + "\nnext", "s", "n");
                        });
        new Cli(lines.console(), List.of(verb)).run("up");
        assertThat(lines.err().replace("\n", "").chars()).noneMatch(Character::isISOControl);
        assertThat(lines.err()).contains("next");
    }
}
