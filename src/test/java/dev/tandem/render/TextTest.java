package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No value can inject a line into a configuration.
class TextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web\nserver evil 10.0.0.1:80",
                "web\r",
                "\nweb",
                "web\0",
                "a\tb",
                "\u001b[31m",
                "\u007f",
                "\u0085",
                "\n"
            })
    void a_value_with_a_control_character_never_gets_in(String value) {
        ConfigText text = new ConfigText().add("before\n");

        assertThatThrownBy(() -> text.add("    server %s\n", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a value with a control character");
        assertThat(text).hasToString("before\n");
    }

    @Test
    void every_value_of_a_block_is_checked() {
        assertThatThrownBy(() -> new ConfigText().add("%s %s %s", "a", 2, "c\nd"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConfigText.block("%2$s %1$s", "a\nb", "c"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_message_about_a_bad_value_stays_on_one_line() {
        assertThatThrownBy(() -> new ConfigText().add("%s", "a\r\nb\u001b"))
                .hasMessageEndingWith("configuration file: a??b?");
    }

    @Test
    void any_other_value_gets_in_unchanged() {
        String odd = "Đà Nẵng 100%s %n $1 \\n \"quoted\" {} # ; ' 🚪";

        assertThat(new ConfigText().add("%s|\n", odd)).hasToString(odd + "|\n");
    }

    @Test
    void blocks_follow_each_other() {
        ConfigText text = new ConfigText();

        assertThat(text.add("one %s\n", 1).add("two %2$s %1$s\n", "b", "a")).isSameAs(text);

        assertThat(text).hasToString("one 1\ntwo a b\n");
        assertThat(ConfigText.block("%s%%\n", 50)).isEqualTo("50%\n");
        assertThat(new ConfigText()).hasToString("");
    }

    @Test
    void the_locale_of_the_machine_changes_nothing() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(ConfigText.block("%s %s %s\n", 1234567, 1.5, "i".toUpperCase(Locale.ROOT)))
                    .isEqualTo("1234567 1.5 I\n");
        } finally {
            Locale.setDefault(before);
        }
    }
}
