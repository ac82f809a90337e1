package dev.tandem.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.docker.Command;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What calls `renew` by the clock, on a machine with systemd, with cron, and with neither.
class RenewalTimerTest {
    private static final TimerFiles.Call CALL =
            new TimerFiles.Call("shop", "admin", "/opt/tandem/tandem", "/srv/shop/tandem.yaml");

    @TempDir private Path root;
    private final Recorder runner = new Recorder();

    /// Notes commands; each succeeds.
    private static final class Recorder implements Runner {
        private final List<String> commands = new ArrayList<>();

        @Override
        public Output run(Command command, Consumer<String> line) {
            commands.add(command.toString());
            return new Output(0, "", "");
        }

        @Override
        public Following follow(Command command, Path file) {
            throw new AssertionError("nothing is followed");
        }
    }

    private RenewalTimer timer() {
        return new RenewalTimer(root, runner);
    }

    @Test
    void with_systemd_it_is_a_timer_that_is_on_at_once() throws IOException {
        Files.createDirectories(root.resolve("run/systemd/system"));
        Files.createDirectories(root.resolve("etc/systemd/system"));

        assertThat(timer().install(CALL)).hasSize(2);
        Path units = root.resolve("etc/systemd/system");
        assertThat(units.resolve("tandem-certificate-shop.service"))
                .content()
                .contains("\nUser=admin\n")
                .contains(
                        "\nExecStart=/opt/tandem/tandem certificate renew --file"
                                + " /srv/shop/tandem.yaml\n");
        assertThat(units.resolve("tandem-certificate-shop.timer"))
                .content()
                .contains("\nOnCalendar=hourly\n", "\nPersistent=true\n");
        assertThat(runner.commands)
                .containsExactly(
                        "systemctl daemon-reload",
                        "systemctl enable --now tandem-certificate-shop.timer");
        assertThat(timer().isInstalled("shop")).isTrue();
    }

    @Test
    void without_systemd_it_is_a_line_for_cron() throws IOException {
        Files.createDirectories(root.resolve("etc/cron.d"));

        assertThat(timer().install(CALL))
                .containsExactly(root.resolve("etc/cron.d/tandem-certificate-shop"));
        assertThat(root.resolve("etc/cron.d/tandem-certificate-shop"))
                .content()
                .containsPattern(
                        "\n[0-9]{1,2} \\* \\* \\* \\* admin /opt/tandem/tandem certificate renew"
                                + " --file /srv/shop/tandem.yaml >/dev/null\n$");
        assertThat(runner.commands).isEmpty();
    }

    @Test
    void it_goes_without_a_trace_and_a_second_time_does_nothing() throws IOException {
        Files.createDirectories(root.resolve("run/systemd/system"));
        Files.createDirectories(root.resolve("etc/systemd/system"));
        timer().install(CALL);
        runner.commands.clear();

        assertThat(timer().remove(CALL)).hasSize(2);
        assertThat(timer().isInstalled("shop")).isFalse();
        assertThat(runner.commands)
                .containsExactly(
                        "systemctl disable --now tandem-certificate-shop.timer",
                        "systemctl daemon-reload");
        assertThat(timer().remove(CALL)).isEmpty();
    }

    @Test
    void where_nothing_calls_programs_it_says_what_to_call() {
        assertThatThrownBy(() -> timer().install(CALL))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop ->
                                assertThat(stop.next())
                                        .contains("/opt/tandem/tandem certificate renew --file"));
    }

    @Test
    void a_path_that_a_shell_would_read_otherwise_is_refused() {
        assertThatThrownBy(() -> new TimerFiles.Call("shop", "root", "/t", "/srv/a b/tandem.yaml"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimerFiles.Call("shop", "root", "/t", "/srv/%h/tandem.yaml"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
