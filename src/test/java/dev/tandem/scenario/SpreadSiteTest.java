package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A site over two machines that is watched from a third one of the LAN. What `render` writes for a
/// machine is laid there and started by plain Compose; then a machine loses its power.
@Tag("containers")
class SpreadSiteTest {
    @RegisterExtension static final Farm FARM = Farm.of("m1", "m2");

    private static final String FILE =
            """
            vip: {address: 192.168.0.150, interface: ens33}
            machines: {m1: {ssh: root@192.168.0.11}, m2: {ssh: root@192.168.0.12}}
            balancers: {haproxy-a: {machine: m1}, haproxy-b: {machine: m2}}
            servers: {web-a: {machine: m1}, web-b: {machine: m2}}
            """;

    private static Path base() {
        return FARM.directory().resolve("site");
    }

    @BeforeAll
    static void aSite() throws IOException {
        Files.createDirectories(base());
        Files.writeString(base().resolve("tandem.yaml"), FILE);
        Output rendered = tandem("render");
        assertThat(rendered.ok()).as(rendered.stderr()).isTrue();
        for (String machine : new String[] {"m1", "m2"}) {
            String from = base().resolve(".tandem/tandem/machines/" + machine).toString();
            FARM.answer(machine, "mkdir -p /var/lib/tandem");
            Shell.answer("cp", "-a", from, FARM.directory() + "/" + machine + "/tandem/tandem");
        }
        for (String machine : new String[] {"m1", "m2"}) {
            FARM.answer(machine, "cd /var/lib/tandem/tandem && docker compose up -d");
        }
    }

    /// On the LAN, as a controller that is none of the machines.
    private static Output tandem(String arguments) {
        return FARM.called(base(), arguments);
    }

    private static String squeezed(Output output) {
        return output.stdout().replaceAll(" +", " ");
    }

    @Test
    void itIsWatchedFromElsewhereAlsoWhenAMachineIsOff() {
        TestSite.await("all nodes serve", () -> !tandem("status").stdout().contains("not well"));
        Output well = tandem("status");
        assertThat(squeezed(well))
                .contains("VIP 192.168.0.150 is held by haproxy-a\n")
                .contains("m1 ssh: root@192.168.0.11 answers\n")
                .contains("haproxy-a m1 MASTER serves 192.168.0.151 running\n")
                .contains("haproxy-b m2 BACKUP serves 192.168.0.152 running\n")
                .contains("web-a m1 UP UP 192.168.0.161 running\n")
                .contains("web-b m2 UP UP 192.168.0.162 running\n");
        assertThat(tandem("status --json").stdout()).contains("\"healthy\" : true");

        for (int i = 0; i < 4; i++) {
            FARM.farm("lan", "curl", "-sSf", "--max-time", "5", "http://192.168.0.150/");
        }
        Output logs = tandem("logs --json");
        assertThat(logs.exit()).as(logs.stderr()).isZero();
        assertThat(logs.stdout().lines().map(line -> line.replaceAll("\",\"time.*", "")))
                .contains("{\"node\":\"haproxy-a", "{\"node\":\"haproxy-b", "{\"node\":\"web-b");
        assertThat(logs.stdout().lines().map(line -> line.replaceAll(".*time\":\"|Z\".*", "")))
                .isSorted();

        FARM.farm("off", "m1");
        whatIsOnM1IsUnknown();
        Output rest = tandem("logs -n 1");
        assertThat(rest.exit()).isEqualTo(5);
        assertThat(rest.stderr()).contains("the engine of m1 cannot be reached");
        assertThat(rest.stdout()).contains("tandem-web-b");
    }

    /// What haproxy-b says of web-a is a check or two old: at first that it is up.
    private static void whatIsOnM1IsUnknown() {
        String down = "web-a m1 unknown DOWN 192.168.0.161 unknown\n";
        TestSite.await(
                "haproxy-b has found web-a down", () -> squeezed(tandem("status")).contains(down));
        long begin = System.nanoTime();
        Output off = Shell.run(base(), FARM.typed(base(), "status").toArray(String[]::new));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(off.exit()).as(off.stdout() + off.stderr()).isEqualTo(1);
        assertThat(squeezed(off))
                .contains("VIP 192.168.0.150 is held by haproxy-b\n")
                .contains("m1 ssh: root@192.168.0.11 SILENT: ")
                .contains("haproxy-a m1 UNKNOWN m1 is silent 192.168.0.151 unknown\n")
                .contains("haproxy-b m2 MASTER serves 192.168.0.152 running\n")
                .contains(down)
                .contains("web-b m2 unknown UP 192.168.0.162 running\n")
                .contains("not well: m1: its engine did not answer: ")
                .contains("not well: haproxy-a: unknown: m1 is silent\n");
    }
}
