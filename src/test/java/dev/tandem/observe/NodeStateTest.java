package dev.tandem.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.model.Duty;
import dev.tandem.model.ServerOrder.State;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.BalancerSeen.Silent;
import dev.tandem.observe.InitSeen.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The output of `node-state`, taken from real balancers (without columns that are not read), and
/// what remains of it when something went wrong on the way.
class NodeStateTest {
    static final String MASTER = sample("master.txt");
    private static final String BACKUP = sample("backup.txt");
    private static final String ASKED =
            """
            vrrp=BACKUP
            duty=yield
            workers=2
            loaded=aaaa
            loaded_ca=%5$s
            loaded_certificate=%4$s
            loaded_handover=%3$s
            loaded_keepalived=%2$s
            address=eth0 192.168.0.151/24
            address=eth1 172.20.0.50/24
            address=lo 192.168.0.150/32
            address=nonsense

            # pxname,svname,status,check_status,check_code,uweight
            web,web-a,DRAIN (agent),L7OK,200,100
            web,web-b,UP,* L7OK,0,20
            web,web-c,MAINT,,,100
            web,web-d,UP,L7OK,200,
            web,web-e,MAINT (resolution),,,100
            """
                    .formatted(
                            "a".repeat(64),
                            "b".repeat(64),
                            "c".repeat(64),
                            "d".repeat(64),
                            "e".repeat(64));

    private static String sample(String name) {
        Path home = Path.of(System.getProperty("tandem.home", "."));
        try {
            return Files.readString(home.resolve("src/test/golden/node-state").resolve(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// As parsed from statistics without the column of the weight.
    private static ServerSeen unweighted(String backend, String name, String status, String check) {
        return new ServerSeen(backend, name, status, check, OptionalInt.empty());
    }

    /// As a site with one pool parses it.
    static BalancerSeen parsed(String text) {
        return NodeState.parse(text, Set.of("web", "web-tls"), Map.of());
    }

    static Answered answered(String text) {
        BalancerSeen seen = parsed(text);
        assertThat(seen).isInstanceOf(Answered.class);
        return (Answered) seen;
    }

    @Test
    void theMasterReportsAllOfItsState() {
        Answered master = answered(MASTER);
        assertThat(master.vrrp()).isEqualTo(Vrrp.MASTER);
        assertThat(master.since()).isEqualTo("2026-11-22T11:10:30.505Z");
        assertThat(master.serving()).isTrue();
        assertThat(master.holdsVip()).isTrue();
        assertThat(master.mac()).isEqualTo("02:42:c0:a8:00:97");
        assertThat(master.arp()).isEmpty();
        assertThat(master.loaded().haproxy())
                .contains("113f16b8b086cec938310a6a862c0bb26410d512eb98258340ca953b423607de");
    }

    @Test
    void aBalancerReportsWhatItHasLoadedAndItsDuty() {
        Answered asked = answered(ASKED);
        assertThat(asked.loaded().keepalived()).contains("b".repeat(64));
        assertThat(asked.loaded().handover()).contains("c".repeat(64));
        assertThat(asked.loaded().certificate()).contains("d".repeat(64));
        assertThat(asked.loaded().ca()).contains("e".repeat(64));
        assertThat(asked.standing())
                .isEqualTo(
                        new Standing(
                                Optional.of(Duty.YIELD),
                                OptionalInt.of(2),
                                List.of(
                                        new Standing.Address("eth0", "192.168.0.151/24"),
                                        new Standing.Address("eth1", "172.20.0.50/24"),
                                        new Standing.Address("lo", "192.168.0.150/32")),
                                InitSeen.UNKNOWN));
    }

    @Test
    void whatAnInitThatDoesNotRunWroteDownIsNotBelieved() {
        assertThat(answered("turn_age=180\n" + MASTER).serving()).isTrue();
        Answered stopped = answered("turn_age=1001\n" + MASTER);
        assertThat(stopped.serving()).isFalse();
        assertThat(stopped.vrrp()).isEqualTo(Vrrp.UNKNOWN);
        assertThat(stopped.holdsVip()).as("which the kernel says").isTrue();
        assertThat(stopped.standing().init().stoppedFor()).contains(Duration.ofMillis(1001));
        assertThat(answered("turn_age=x\n" + MASTER).standing().init().turnAge()).isEmpty();
    }

    @Test
    void answers4xxAreReadWhereTheyAreTold() {
        Answered seen = answered("share=web/web-a 60 812 9 3 2 31\n" + MASTER);
        assertThat(seen.servers())
                .filteredOn(one -> one.server().equals("web-a"))
                .extracting(ServerSeen::recent)
                .containsExactly(
                        Optional.of(new Recent(60, 812, 9, 3, 2, OptionalLong.of(31))),
                        Optional.empty());
    }

    @Test
    void howAWebServerHasServedLatelyIsRead() {
        Answered seen =
                answered(
                        "share=web/web-a 60 812 9 3 2\nshare=web-tls/web-a 60 1 2\nshare=x\n"
                                + MASTER);

        assertThat(seen.servers())
                .filteredOn(one -> one.server().equals("web-a"))
                .extracting(ServerSeen::recent)
                .containsExactly(Optional.of(new Recent(60, 812, 9, 3, 2)), Optional.empty());
    }

    @Test
    void howFullItsDisksAreIsRead() {
        assertThat(answered("vrrp=BACKUP\ndisk=/run 100\ndisk=/ 7\ndisk=/x\ndisk=y y\n"))
                .extracting(seen -> seen.standing().init().disks())
                .isEqualTo(List.of(new InitSeen.Disk("/run", 100), new InitSeen.Disk("/", 7)));
    }

    @Test
    void whichOfItsProgramsRunIsRead() {
        String text =
                """
                vrrp=BACKUP
                program=haproxy stopped 17
                program=bodies gone 9
                program=outliers runs 8
                program=x
                program=x y 1
                """;
        assertThat(answered(text))
                .extracting(seen -> seen.standing().init().programs())
                .isEqualTo(
                        List.of(
                                new Program("haproxy", Program.State.STOPPED, 17),
                                new Program("bodies", Program.State.GONE, 9),
                                new Program("outliers", Program.State.RUNS, 8)));
    }

    @Test
    void whatItsInitHeardOfListenersIsRead() {
        String text =
                """
                vrrp=BACKUP
                listener=http:80 ok
                listener=192.0.2.2/http:80 silent
                listener=https:443 unknown
                listener=
                """;
        assertThat(answered(text).standing().init().listeners())
                .containsExactly(
                        new InitSeen.Listener(Optional.empty(), "http:80", false),
                        new InitSeen.Listener(Optional.of("192.0.2.2"), "http:80", true),
                        new InitSeen.Listener(Optional.empty(), "https:443", false),
                        new InitSeen.Listener(Optional.empty(), "", false));
    }

    @Test
    void aServerShowsTheOrderInForce() {
        assertThat(answered(ASKED).servers())
                .extracting(ServerSeen::words)
                .containsExactly("DRAIN", "UP 20%", "MAINT", "UP", "MAINT (resolution)");
        assertThat(answered(ASKED).servers())
                .extracting(ServerSeen::asked)
                .containsExactly(State.DRAIN, State.READY, State.MAINT, State.READY, State.READY);
    }

    @Test
    void whileACheckIsUnderWayTheLastOneIsShown() {
        assertThat(answered(ASKED).servers())
                .extracting(ServerSeen::check)
                .startsWith("L7OK 200", "L7OK", "", "L7OK 200");
    }

    @Test
    void theServersAreReadFromBothBackendsWithoutTheTotals() {
        assertThat(answered(MASTER).servers())
                .containsExactly(
                        unweighted("web", "web-a", "UP", "L7OK 200"),
                        unweighted("web", "web-b", "DOWN", "L4CON"),
                        unweighted("web-tls", "web-a", "UP 1/2", "L7OK 200"),
                        unweighted("web-tls", "web-b", "MAINT", ""));
    }

    /// Without checks, a server is always up for HAProxy, whatever its state.
    @Test
    void onlyTheNamedBackendsAreRead() {
        String pools =
                """
                vrrp=MASTER

                # pxname,svname,status,check_status,check_code,uweight
                web,web-a,UP,L7OK,200,100
                webs,web-a,UP,L7OK,200,100
                api,web-c,DOWN,L4CON,,100
                last-resort,web-a,no check,,,100
                retries,BACKEND,UP,,,0
                """;
        assertThat(NodeState.parse(pools, Set.of("web", "api"), Map.of()))
                .isInstanceOfSatisfying(
                        Answered.class,
                        seen ->
                                assertThat(seen.servers())
                                        .containsExactly(
                                                new ServerSeen("web", "web-a", "UP", "L7OK 200"),
                                                new ServerSeen("api", "web-c", "DOWN", "L4CON")));
    }

    /// HAProxy has a server for each address that DNS says.
    @Test
    void replicasAreOneWebServer() {
        String text =
                """
                vrrp=MASTER
                share=web/app-1 60 10 1 0 0
                share=web/app-2 60 30 2 0 0

                # pxname,svname,status,check_status,check_code,uweight
                web,app-1,UP,L7OK,200,100
                web,app-2,DOWN,L4CON,,100
                web,app-3,MAINT (resolution),,,100
                web,web-a,UP,L7OK,200,100
                api,app-1,MAINT (resolution),,,100
                api,app-2,MAINT (resolution),,,100
                api,app-3,MAINT (resolution),,,100
                """;
        Map<String, String> replicas = Map.of("app-1", "app", "app-2", "app", "app-3", "app");
        Answered seen = (Answered) NodeState.parse(text, Set.of("web", "api"), replicas);

        assertThat(seen.servers())
                .extracting(
                        ServerSeen::server, ServerSeen::words, ServerSeen::up, ServerSeen::whole)
                .containsExactly(
                        tuple("app", "1 of 2 UP", true, false),
                        tuple("web-a", "UP", true, true),
                        tuple("app", "no address", false, false));
        assertThat(seen.servers().getFirst().check())
                .as("of the one that is down")
                .isEqualTo("L4CON");
        assertThat(seen.servers().getFirst().recent()).contains(new Recent(60, 40, 3, 0, 0));
    }

    @Test
    void onlyAServerThatIsUpGetsRequests() {
        assertThat(answered(MASTER).servers())
                .extracting(ServerSeen::up)
                .containsExactly(true, false, true, false);
    }

    @Test
    void theBackupReportsWhoAnswersForTheVip() {
        Answered backup = answered(BACKUP);
        assertThat(backup.vrrp()).isEqualTo(Vrrp.BACKUP);
        assertThat(backup.holdsVip()).isFalse();
        assertThat(backup.arp()).containsExactly("02:42:c0:a8:00:97");
    }

    @Test
    void everyAnswerForTheVipIsKept() {
        String two = BACKUP.replace("\n\n#", "\narp=02:42:c0:a8:00:99\n\n#");
        assertThat(answered(two).arp()).containsExactly("02:42:c0:a8:00:97", "02:42:c0:a8:00:99");
    }

    @Test
    void aHaproxyThatIsDownDoesNotServe() {
        assertThat(answered(MASTER.replace("haproxy_down=0", "haproxy_down=1")).serving())
                .isFalse();
    }

    @Test
    void aMissingValueIsNeverGood() {
        Answered little = answered("vrrp=MASTER\n");
        assertThat(little.serving()).isFalse();
        assertThat(little.holdsVip()).isFalse();
        assertThat(little.since()).isEmpty();
        assertThat(little.loaded()).isEqualTo(Loaded.UNKNOWN);
        assertThat(little.standing()).isEqualTo(Standing.UNKNOWN);
        assertThat(little.servers()).isEmpty();
    }

    @Test
    void aHaproxyThatHangsLeavesTheFacts() {
        Answered facts = answered(MASTER.substring(0, MASTER.indexOf("# pxname")));
        assertThat(facts.vrrp()).isEqualTo(Vrrp.MASTER);
        assertThat(facts.servers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n\n",
                "no such file or directory\n",
                "=\n==\n=x\n",
                "haproxy_down=0\nvip=here\n",
                "\nvrrp=MASTER\n",
                "\0\0\0\0",
                "OCI runtime exec failed: exec failed: unable to start container process"
            })
    void anAnswerWithoutARoleIsNotAnAnswer(String text) {
        assertThat(parsed(text)).isEqualTo(new Silent("its init did not report its state"));
    }

    @Test
    void anUnrecognisedRoleIsUnknown() {
        assertThat(answered("vrrp=DANCING\n").vrrp()).isEqualTo(Vrrp.UNKNOWN);
        assertThat(answered("vrrp=\n").vrrp()).isEqualTo(Vrrp.UNKNOWN);
    }

    /// The output may end anywhere: the container was killed while writing it.
    @Test
    void aTruncatedAnswerNeverThrowsAndNeverNamesAMissingServer() {
        for (int end = 0; end < MASTER.length(); end++) {
            BalancerSeen seen = parsed(MASTER.substring(0, end));
            if (seen instanceof Answered answered) {
                assertThat(answered.servers())
                        .allMatch(s -> s.server().equals("web-a") || s.server().equals("web-b"));
            }
        }
    }

    /// Taken from HAProxy 3.0, without columns that are not read.
    @Test
    void aWebServerThatIsOutBecauseItFailsItsClientsSaysWhy() {
        String words = "29 of its 29 requests failed; 0 of 30 at better ones; out for 10 s";
        String said =
                """
                vrrp=MASTER

                # pxname,svname,status,check_status,check_code,uweight,last_agt
                web,web-a,UP,L7OK,200,100,via agent : up
                web,web-b,DOWN (agent),L7OK,200,100,via agent : down (%s)
                """
                        .formatted(words);
        Answered seen = (Answered) NodeState.parse(said, Set.of("web"), Map.of());

        assertThat(seen.servers()).extracting(ServerSeen::outlier).containsExactly(false, true);
        assertThat(seen.servers()).extracting(ServerSeen::check).containsExactly("L7OK 200", words);
    }
}
