package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What it costs clients when something happens to a machine, and how long verbs take: the table of
/// `bench/machines`. A site over three machines of the farm, 200 new connections and 67 requests on
/// kept ones in a second; then the usual pair on two of them, and the same harm. It measures and
/// judges only that the site is well after each case.
@Tag("containers")
@Tag("exact")
@TestMethodOrder(OrderAnnotation.class)
class MachinesFigures {
    @RegisterExtension static final Farm FARM = Farm.of("m1", "m2", "m3");

    private static final UsualOnMachines USUAL = new UsualOnMachines(FARM);
    private static final String VIP = UsualOnMachines.VIP;
    private static final int RATE = 267;

    private static final String FILE =
            """
            site: shop
            vip: {address: 192.168.0.150}
            machines:
              m1: {ssh: root@192.168.0.11}
              m2: {ssh: root@192.168.0.12}
              m3: {ssh: root@192.168.0.13}
            balancers:
              haproxy-a: {machine: m1}
              haproxy-b: {machine: m2}
            backend: {check: /}
            servers:
              web-a: {machine: m1}
              web-b: {machine: m2}
              web-c: {machine: m3}
            """;

    /// What is done to it.
    @FunctionalInterface
    private interface Case {
        void happens() throws IOException, InterruptedException;
    }

    private static Output tandem(String arguments) {
        String line =
                "cd %s && JAVA_HOME=%s exec %s %s"
                        .formatted(
                                FARM.directory().resolve("site"),
                                System.getProperty("java.home"),
                                Shell.HOME.resolve("tandem"),
                                arguments);
        return FARM.run("lan", "sh", "-c", line);
    }

    private static void ok(String arguments) {
        Output output = tandem(arguments);
        assertThat(output.exit()).as(arguments + "\n" + output.stdout() + output.stderr()).isZero();
    }

    private static void file(String text) throws IOException {
        Path base = Files.createDirectories(FARM.directory().resolve("site"));
        Files.writeString(base.resolve("tandem.yaml"), text);
    }

    private static void row(String what, String figures) throws IOException {
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        System.out.printf("machines | %s | %s | %s |%n", what, figures, load);
    }

    /// Who serves: ours, or the usual pair.
    private enum Who {
        OURS(""),
        USUAL("the usual pair: ");

        private final String words;

        Who(String words) {
            this.words = words;
        }

        void isWell() {
            switch (this) {
                case OURS -> MachinesFigures.isWell();
                case USUAL -> usualIsWell();
            }
        }
    }

    private static void cost(String what, Case happens) throws IOException, InterruptedException {
        cost(Who.OURS, what, happens);
    }

    private static void cost(Who who, String what, Case happens)
            throws IOException, InterruptedException {
        who.isWell();
        try (FarmLoad load = FarmLoad.on(FARM, VIP, RATE)) {
            happens.happens();
            costs(who.words + what, load.cost());
        }
    }

    private static void costs(String what, FarmLoad.Cost cost) throws IOException {
        row(
                what,
                String.format(
                        Locale.ROOT,
                        "%s | %d new, %d kept | %.2f s",
                        cost.lost().split(" ", 2)[0],
                        cost.fresh(),
                        cost.kept(),
                        cost.silence()));
    }

    /// And m1 has the VIP, also for this client: what happens to it next is to be felt.
    private static void isWell() {
        TestSite.await(
                "the site is well",
                () -> {
                    Output status = tandem("status");
                    return status.exit() == 0 && status.stdout().contains("is held by haproxy-a");
                });
        TestSite.await("the client's frames for the VIP go to m1", () -> leadsTo("m1"));
    }

    private static void usualIsWell() {
        TestSite.await("bl1 has the VIP", USUAL::isAtTheFirst);
        TestSite.await("the client's frames for the VIP go to m1", () -> leadsTo("m1"));
    }

    /// By the client's ARP entry, and by the port that the switch has learnt for its MAC address.
    private static boolean leadsTo(String machine) {
        String line =
                "curl -sf -o /dev/null --max-time 1 http://$1; mac=$(ip neigh show $1"
                        + " | grep -o '..:..:..:..:..:..') &&"
                        + " bridge fdb show brport $2 | grep -q \"^$mac\"";
        return FARM.run("lan", "sh", "-c", line, "sh", VIP, machine).ok();
    }

    private static void took(String what, Case happens) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        happens.happens();
        double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
        row(what, String.format(Locale.ROOT, " | | %.1f s", seconds));
    }

    private static void pass(int seconds) {
        FARM.farm("lan", "sleep", "" + seconds);
    }

    /// Long enough for what follows from it, VRRP and checks.
    ///
    /// @param words of `farm`; the last is the end of what the one before it began
    private static void lasting(String... words) {
        List<String> begin = new ArrayList<>(List.of(words));
        String end = begin.removeLast();
        FARM.farm(begin.toArray(String[]::new));
        pass(8);
        begin.set(begin.size() - 1, end);
        FARM.farm(begin.toArray(String[]::new));
        pass(4);
    }

    private static void answersByItself() {
        TestSite.await(
                "the VIP answers",
                () -> FARM.run("lan", "curl", "-sf", "--max-time", "1", "http://" + VIP).ok());
    }

    @Test
    @Order(1)
    void table() throws IOException, InterruptedException {
        file(FILE);
        took("`up` from nothing, images there", () -> ok("up"));
        cost(
                "planned switchover and failback",
                () -> {
                    ok("switchover");
                    ok("switchover haproxy-a");
                });
        cost(
                "`machine m1 drain`, `ready`",
                () -> {
                    ok("machine m1 drain");
                    ok("machine m1 ready");
                });
        harm(Who.OURS);
        cost(
                "m1 and m2 do not hear each other for 8 s",
                () -> lasting("part", "m1", "m2", "on", "off"));
        bothLosePower();
        file(FILE.replace("check: /", "check: /index.html"));
        took("`apply` of one key", () -> ok("apply --yes --watch-time 1"));
        for (int i = 0; i < 3; i++) {
            took("`status` of 3 machines", () -> tandem("status"));
        }
        ok("down");
    }

    /// Only that: once a silent port was heard again, this client was led to m1 no more within 30
    /// s, so that what would come next would not be felt.
    @Test
    @Order(2)
    void theUsualPair() throws IOException, InterruptedException {
        USUAL.up();
        harm(Who.USUAL);
    }

    private static void harm(Who who) throws IOException, InterruptedException {
        cost(
                who,
                "m1 powered off",
                () -> {
                    FARM.farm("off", "m1");
                    pass(8);
                });
        try (FarmLoad load = FarmLoad.on(FARM, VIP, RATE)) {
            FARM.farm("on", "m1");
            who.isWell();
            costs(who.words + "m1 is back", load.cost());
        }
        cost(who, "cable of m1 out for 8 s", () -> lasting("cable", "m1", "out", "in"));
        cost(who, "port of m1 silent for 8 s", () -> lasting("silent", "m1", "on", "off"));
    }

    private static void bothLosePower() throws IOException, InterruptedException {
        List<String> all = List.of("m1", "m2", "m3");
        all.forEach(machine -> FARM.farm("off", machine));
        took(
                "all machines are switched on again: until the VIP answers, no command",
                () -> {
                    all.forEach(machine -> FARM.farm("on", machine));
                    answersByItself();
                });
        all.forEach(machine -> FARM.farm("off", machine));
        took(
                "m2 alone is switched on again",
                () -> {
                    FARM.farm("on", "m2");
                    answersByItself();
                });
        FARM.farm("on", "m1");
        FARM.farm("on", "m3");
        isWell();
    }
}
