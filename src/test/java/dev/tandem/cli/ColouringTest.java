package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.Console.Style;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Which words have a colour, where there are any, and that they can be read.
class ColouringTest {
    private static final String STATUS =
            """
            site tandem    VIP 10.0.0.5 is held by down

            BALANCER  VRRP                HAPROXY  ADDRESS   LAN        CONTAINER
            down      MASTER              serves   10.0.0.1  10.0.1.51  running
            up        BACKUP maintenance  down     10.0.0.2  10.0.1.52  exited

            WEB SERVER  BY down  BY up         ADDRESS   CONTAINER
            web-a       UP       DOWN (agent)  10.0.0.3  running
            web-b       UP 20%   DRAIN         10.0.0.4  not ours

            not well:  up: its HAProxy is down
            drift:     tandem.yaml was changed\
            """;

    /// The words of one tone, in their order.
    private static List<String> words(Colouring colouring, String text, Tone tone) {
        return colouring.in(text).stream()
                .filter(one -> one.tone() == tone)
                .map(one -> text.substring(one.from(), one.to()))
                .toList();
    }

    @Test
    void statusSaysHowEachCellIsAndNamesHaveNoColour() {
        assertThat(words(Colouring.STATUS, STATUS, Tone.WELL))
                .containsExactly("MASTER", "serves", "running", "UP", "running");
        assertThat(words(Colouring.STATUS, STATUS, Tone.RISK))
                .containsExactly("BACKUP maintenance", "UP 20%", "DRAIN", "drift:");
        assertThat(words(Colouring.STATUS, STATUS, Tone.ILL))
                .containsExactly("down", "exited", "DOWN (agent)", "not well:");
    }

    @Test
    void doctorAndPlanSayItWithTheWordThatBeginsALine() {
        String doctor = "ILL      no VIP\n         seen: ILL\n\nRISK     old\n\n1 is ill. 1 risk.";
        assertThat(words(Colouring.DOCTOR, doctor, Tone.ILL)).containsExactly("ILL", "1 is ill");
        assertThat(words(Colouring.DOCTOR, doctor, Tone.RISK)).containsExactly("RISK");
        String plan = "reload     web-a  x\nreplace    web-b  replace\n\nclients will notice: y";
        assertThat(words(Colouring.PLAN, plan, Tone.RISK)).containsExactly("replace");
        assertThat(words(Colouring.PLAN, plan, Tone.ILL)).containsExactly("clients will notice:");
    }

    @Test
    void aTerminalShowsTheSameTextInColours() {
        Captured captured = new Captured(Style.COLOURED);
        captured.console().answer(STATUS, Colouring.STATUS);
        assertThat(captured.out()).contains("\033[38;5;28mMASTER\033[39m");
        assertThat(captured.out().replaceAll("\033\\[[0-9;]*m", "")).isEqualTo(STATUS + "\n");
    }

    /// What comes from elsewhere ends no colour, and begins none.
    @Test
    void aWordFromElsewhereControlsNothing() {
        Captured captured = new Captured(Style.COLOURED);
        captured.console().answer("not well:  \033[31mred", Colouring.STATUS);
        assertThat(captured.out()).isEqualTo("\033[38;5;196mnot well:\033[39m   [31mred\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = Style.class,
            names = {"LIVE", "LINES"})
    void elsewhereThereIsNoEscapeCode(Style style) {
        Captured captured = new Captured(style);
        captured.console().answer(STATUS, Colouring.STATUS);
        captured.console().remark(STATUS, Colouring.PLAN);
        assertThat(captured.out() + captured.err()).isEqualTo(STATUS + "\n" + STATUS + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "TERM=xterm-256color,                COLOURED",
        "TERM=xterm COLORTERM=truecolor,     COLOURED",
        "TERM=xterm,                         LIVE",
        "TERM=dumb COLORTERM=truecolor,      LINES",
        "TERM=xterm-256color NO_COLOR=1,     LINES",
        "TERM=xterm-256color NO_COLOR=,      COLOURED",
        "COLORTERM=truecolor,                LINES"
    })
    void theEnvironmentDecides(String environment, String style) {
        Map<String, String> variables =
                List.of(environment.split(" ", -1)).stream()
                        .map(one -> one.split("=", 2))
                        .collect(Collectors.toMap(one -> one[0], one -> one[1]));
        assertThat(Style.on(variables).name()).isEqualTo(style);
    }

    /// The contrast of WCAG 2: 3 is enough for a symbol, 4.5 for a long text. No colour has 4.5 on
    /// both.
    @ParameterizedTest
    @EnumSource(Tone.class)
    void eachToneCanBeReadOnBlackAndOnWhite(Tone tone) {
        double luminance = luminance(tone.colour());
        String name = tone.name().toLowerCase(Locale.ROOT);
        assertThat((luminance + 0.05) / 0.05).as(name + " on black").isGreaterThan(4);
        assertThat(1.05 / (luminance + 0.05)).as(name + " on white").isGreaterThan(3.99);
    }

    /// Of the cube of 6 by 6 by 6 colours that begins at 16.
    private static double luminance(int colour) {
        int place = colour - 16;
        return 0.2126 * linear(place / 36)
                + 0.7152 * linear(place / 6 % 6)
                + 0.0722 * linear(place % 6);
    }

    private static double linear(int step) {
        double share = (step == 0 ? 0 : 55 + 40 * step) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
