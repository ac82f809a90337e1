package dev.tandem.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.fault.Faults;
import dev.tandem.drill.predict.Costs;
import dev.tandem.drill.predict.Election;
import dev.tandem.drill.predict.Estimate;
import dev.tandem.drill.predict.Estimate.UntilHealed;
import dev.tandem.drill.predict.Estimate.Within;
import dev.tandem.drill.predict.InitTimes;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Lan;
import dev.tandem.model.Return;
import dev.tandem.model.Site;
import dev.tandem.model.Timing;
import dev.tandem.render.Renderer;
import dev.tandem.render.Setting;
import dev.tandem.text.Seconds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Predictions follow from the site and the numbers it is really rendered with.
class CostsTest {
    /// Times that are easy to add up.
    private static final Timing ROUND =
            new Timing(
                    Duration.ofMillis(100),
                    Duration.ofMillis(500),
                    Duration.ofMillis(200),
                    Duration.ofMillis(500),
                    2,
                    2,
                    Duration.ofMillis(250),
                    Timing.DEFAULT.httpRequest(),
                    Timing.DEFAULT.client(),
                    Timing.DEFAULT.server(),
                    Timing.DEFAULT.tunnel(),
                    Timing.DEFAULT.gone(),
                    Timing.DEFAULT.silent());

    private static final Path HOME = Path.of(System.getProperty("tandem.home", "."));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "balancer-kill    | 3 × 0.1 s + (256 − 244)/256 × 0.1 s = 0.305 s",
                "balancer-pause   | 3 × 0.1 s + (256 − 244)/256 × 0.1 s = 0.305 s",
                "balancer-cut-off | 3 × 0.1 s + (256 − 244)/256 × 0.1 s = 0.305 s",
                "keepalived-kill  | 3 × 0.1 s + (256 − 244)/256 × 0.1 s = 0.305 s",
                "haproxy-kill     | 1 × 0.1 s + (256 − 244)/256 × 0.1 s = 0.105 s",
                "haproxy-hang     | 0.1 s + 1 × 0.2 s + 2 × 0.05 s + 1 × 0.1 s"
                        + " + (256 − 244)/256 × 0.1 s = 0.505 s",
                "web-kill         | 0.25 s",
                "web-stop         | 0.25 s",
                "web-hang         | 0.5 s + 1 × 0.2 s + 2 × 0.5 s = 1.7 s",
                "web-busy         | 0.5 s + 1 × 0.2 s + 2 × 0.5 s = 1.7 s",
                "web-500          | 0.5 s + 1 × 0.2 s = 0.7 s",
                "balancer-cut-from-servers | 0.5 s + 1 × 0.2 s + 2 × 0.5 s + 0.1 s"
                        + " + 2 × 0.05 s = 1.9 s"
            })
    void a_formula_is_shown_with_its_numbers(String fault, String formula) {
        assertThat(predicted(ROUND, fault))
                .isInstanceOfSatisfying(
                        Within.class, within -> assertThat(within.formula()).isEqualTo(formula));
    }

    @Test
    void the_time_is_exact_even_if_its_text_is_rounded() {
        assertThat(predicted(ROUND, "balancer-kill"))
                .isInstanceOfSatisfying(
                        Within.class,
                        within ->
                                assertThat(within.most()).isEqualTo(Duration.ofNanos(304_687_500)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"balancer-stop", "switchover"})
    void a_planned_move_costs_no_request_and_says_when_the_vip_has_moved(String fault) {
        Prediction prediction = cost(SampleSite.customer(), fault);

        assertThat(prediction.answered()).isInstanceOf(Estimate.Unbroken.class);
        assertThat(prediction.moved()).get().isInstanceOf(Within.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "packet-loss",
                "balancers-restart",
                "engine-restart",
                "engine-kill",
                "machine-reboot",
                "cpu-starvation"
            })
    void without_a_formula_the_time_is_unknown_and_not_zero(String fault) {
        assertThat(predicted(SampleSite.customer(), fault)).isInstanceOf(Estimate.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "packet-loss-1  | 578761 days: 20 × 0.0001³ × 0.9999 a second",
                "packet-loss-5  | 37 days: 20 × 0.0025³ × 0.9975 a second",
                "packet-loss-10 | 50505 s: 20 × 0.01³ × 0.99 a second",
                "packet-loss    | 75 s: 20 × 0.09³ × 0.91 a second",
                "packet-loss-99 | 3 s: 20 × 0.9801³ × 0.0199 a second"
            })
    void packet_loss_shows_how_often_three_adverts_in_a_row_are_lost(String fault, String often) {
        assertThat(reason(cost(SampleSite.customer(), fault)))
                .endsWith(often)
                .startsWith("three adverts in a row are lost once in ");
    }

    /// Three balancers do not hand connections over, and send each advert once.
    @Test
    void a_light_loss_moves_nothing_if_adverts_are_sent_twice() {
        Prediction twice = cost(SampleSite.customer(), "packet-loss-5");
        Prediction once = cost(SampleSite.of(3, 2, 2), "packet-loss-5");

        assertThat(twice.answered()).isInstanceOf(Estimate.Unbroken.class);
        assertThat(twice.moved()).isEmpty();
        assertThat(once.answered()).isInstanceOf(Estimate.Unknown.class);
        assertThat(reason(once)).contains("once in 421 s: 20 × 0.05³ × 0.95 a second");
    }

    private static String reason(Prediction prediction) {
        return switch (prediction.answered()) {
            case Estimate.Unbroken(String reason) -> reason;
            case Estimate.Unknown(String reason) -> reason;
            case Estimate.UntilHealed(String reason) -> reason;
            case Within(Duration _, String formula) -> formula;
        };
    }

    private static Site overMachines(String file) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        return ((Reading.Good) SiteReader.read("tandem.yaml", bytes, new FakeSurroundings()))
                .site();
    }

    /// The master hands over as it is stopped; its web servers are gone when they have ended.
    @Test
    void a_reboot_costs_what_the_nodes_of_the_machine_do() {
        String file =
                """
                vip: {address: 192.168.0.150, interface: ens33}
                machines:
                  m1: {ssh: root@10.0.0.1}
                  m2: {ssh: root@10.0.0.2}
                  m3: {ssh: root@10.0.0.3}
                balancers: {haproxy-a: {machine: m1}, haproxy-b: {machine: m2}}
                servers: {web-a: {machine: m2}, web-b: {machine: m3}}
                """;
        Site site = overMachines(file);

        Prediction masters = cost(site, "machine-reboot");
        assertThat(masters.answered()).isInstanceOf(Estimate.Unbroken.class);
        assertThat(masters.moved()).get().isInstanceOf(Estimate.Unknown.class);
        assertThat(cost(site, "machine-reboot-m1").moved()).isEqualTo(masters.moved());
        Prediction backups = cost(site, "machine-reboot-m2");
        assertThat(backups.answered()).isEqualTo(predicted(site, "web-stop"));
        assertThat(backups.moved()).isEmpty();
        Site together =
                overMachines(
                        file.replace("  m3: {ssh: root@10.0.0.3}\n", "")
                                .replace("web-b: {machine: m3", "web-b: {machine: m2"));
        assertThat(reason(cost(together, "machine-reboot-m2"))).isEqualTo("no web server is left");
    }

    @Test
    void every_fault_has_a_prediction_under_its_own_name() {
        Costs costs = Costs.of(SampleSite.customer());

        assertThat(Faults.known().all())
                .allSatisfy(fault -> assertThat(fault.cost(costs).fault()).isEqualTo(fault.name()));
    }

    @Test
    void only_a_web_servers_fault_is_sure_not_to_move_the_vip() {
        Costs costs = Costs.of(SampleSite.customer());

        assertThat(Faults.known().all().stream().filter(Fault::strikesWebServers))
                .extracting(Fault::name)
                .containsExactly(
                        "web-kill",
                        "web-stop",
                        "web-hang",
                        "web-busy",
                        "web-refuse",
                        "web-500",
                        "web-slow",
                        "web-all-down");
        assertThat(Faults.known().all())
                .filteredOn(Fault::strikesWebServers)
                .allSatisfy(fault -> assertThat(fault.cost(costs).moved()).isEmpty());
    }

    @Test
    void without_a_web_server_nothing_is_answered_before_the_heal() {
        assertThat(predicted(SampleSite.customer(), "web-all-down"))
                .isInstanceOf(UntilHealed.class);
        assertThat(List.of("web-kill", "web-hang", "web-500", "web-refuse"))
                .allSatisfy(fault ->
                        assertThat(predicted(SampleSite.of(2, 1, 2), fault))
                                .isInstanceOf(UntilHealed.class));
    }

    @Test
    void without_retries_a_dead_web_server_costs_until_the_checks_notice() {
        Site site = SampleSite.of(2, 2, 0);

        assertThat(predicted(site, "web-kill")).isEqualTo(predicted(site, "web-hang"));
        assertThat(predicted(site, "web-refuse")).isEqualTo(predicted(site, "web-500"));
    }

    @Test
    void a_balancer_without_a_peer_is_down_until_the_heal() {
        Site alone = SampleSite.of(1, 2, 2);

        assertThat(List.of("balancer-kill", "balancer-stop", "haproxy-hang", "switchover"))
                .allSatisfy(fault ->
                        assertThat(predicted(alone, fault)).isInstanceOf(UntilHealed.class));
        assertThat(predicted(alone, "haproxy-kill")).isInstanceOf(Estimate.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 8, 30, 42})
    void priorities_are_those_in_keepalived_conf(int count) {
        prioritiesAreThoseInKeepalivedConf(count, Return.ALWAYS);
        if (count <= 16) { // no file has more
            prioritiesAreThoseInKeepalivedConf(count, Return.NEVER);
        }
    }

    private static void prioritiesAreThoseInKeepalivedConf(int count, Return returns) {
        Site site = SampleSite.of(count, 2, 2, returns);
        Setting setting =
                new Setting(
                        new Lan.Bridge(), new Setting.Images("balancer", "web"), "../..", "0123");
        Election election = new Election(count, Duration.ofMillis(100), returns);

        for (int place = 0; place < count; place++) {
            String path = "lb-" + place + "/keepalived.conf";
            assertThat(Renderer.render(site, setting).file(path))
                    .contains("    priority " + election.priority(place) + "\n");
        }
    }

    @Test
    void the_inits_times_are_those_in_its_source() throws IOException {
        Path image = HOME.resolve("images/balancer");

        assertThat(Files.readString(image.resolve("lib/Balancer.pm")))
                .containsPattern("PROBE_EVERY +=> " + plain(InitTimes.PROBE_EVERY) + ",")
                .containsPattern("PROBE_LIMIT +=> " + plain(InitTimes.PROBE_LIMIT) + ",")
                .containsPattern("PROBE_FALL +=> " + InitTimes.PROBE_FALL + ",")
                .containsPattern("GONE +=> " + plain(InitTimes.GONE) + ",");
        assertThat(Files.readString(image.resolve("init")))
                .contains("select $read, $write, undef, " + plain(InitTimes.LOOP) + ";");
    }

    private static String plain(Duration duration) {
        return Seconds.text(duration).replace(" s", "");
    }

    @Test
    void haproxy_has_the_limits_used_in_the_formulas() throws IOException {
        Path conf = HOME.resolve("src/test/golden/render/customer/expected");
        try (var files = Files.walk(conf)) {
            Optional<Path> haproxy = files.filter(file -> file.endsWith("haproxy.cfg")).findFirst();
            assertThat(haproxy).isPresent();
            String text = Files.readString(haproxy.orElseThrow());
            assertThat(text.replaceAll(" +", " "))
                    .contains("option redispatch 1")
                    .contains("timeout connect " + millis(Timing.DEFAULT.connect()))
                    .contains("timeout check " + millis(Timing.DEFAULT.checkLimit()));
        }
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms ";
    }

    private static Prediction cost(Site site, String fault) {
        return fault(fault).cost(Costs.of(site));
    }

    private static Fault fault(String name) {
        return Faults.known().named(name).orElseThrow();
    }

    private static Estimate predicted(Timing timing, String fault) {
        return fault(fault).cost(new Costs(SampleSite.customer(), timing)).answered();
    }

    private static Estimate predicted(Site site, String fault) {
        return cost(site, fault).answered();
    }
}
