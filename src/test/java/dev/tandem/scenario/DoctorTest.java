package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What `tandem doctor` finds on real containers: nothing where all is well, and what a stranger or
/// a cut between the balancers does to the VIP.
@Tag("containers")
class DoctorTest {
    /// What lies between the balancers takes no VRRP; all else passes.
    private static final String CUT =
            """
            nft -f - <<END
            table inet cut {
              chain in { type filter hook prerouting priority -400; ip protocol 112 drop; }
              chain out { type filter hook output priority -400; ip protocol 112 drop; }
            }
            END
            """;

    @RegisterExtension static TestSite site = TestSite.likeTheCustomers();

    private static Output doctor(String... more) {
        List<String> arguments = new ArrayList<>(List.of("doctor"));
        arguments.addAll(List.of(more));
        return site.tandem(arguments.toArray(String[]::new));
    }

    /// What it says, however its tables were folded.
    private static String unfolded(Output doctor) {
        return doctor.stdout().replaceAll("\\s+", " ");
    }

    @Test
    void aHealthySiteHasNothingIll() {
        Output doctor = doctor();

        assertThat(doctor.stdout()).contains("Nothing is ill.").doesNotContain("\nILL");
        assertThat(doctor.exit()).isZero();
        assertThat(unfolded(doctor))
                .contains("haproxy-a alone answers for " + site.lan(150))
                .contains("nobody else was heard using virtual router 15")
                .contains("a container gets everything it needs")
                .contains("nftables: socket wildcard")
                .contains("hand-over of haproxy-b")
                .contains("own name of haproxy-a");
        assertThat(doctor("--json").stdout()).contains("\"ill\" : false");
    }

    @Test
    void strangersOnTheLanAreNamedWithTheirCure() {
        String takes = "ip address add %s/32 dev eth0; sleep 600".formatted(site.lan(150));
        String owner = stranger("owner", 7, takes);
        String group = stranger("group", 8, foreignGroup());
        try {
            TestSite.await(
                    "the foreign group is master", () -> logs(group).contains("MASTER STATE"));

            Output doctor = doctor();

            assertThat(doctor.exit()).as(doctor.stdout()).isEqualTo(1);
            assertThat(doctor.stdout())
                    .contains("ILL      foreign owner of the VIP")
                    .contains(
                            "(container %s of this engine) answers ARP for %s"
                                    .formatted(owner, site.lan(150)))
                    .contains("cure:   docker stop " + owner)
                    .contains("ILL      another VRRP group")
                    .contains(
                            "%s (container %s of this engine) sends adverts of virtual router 150"
                                    .formatted(site.lan(8), group))
                    .contains("(version 2, priority 50, address %s)".formatted(site.lan(200)))
                    .contains("router_id: 153")
                    .containsPattern("RISK +logs of containers");

            Shell.type("docker rm --force " + owner);
            theSiteTakesAnotherNumber(153);
        } finally {
            Shell.type("docker rm --force " + owner + " " + group);
        }
        site.awaitWell();
    }

    /// What doctor says is typed.
    private static void theSiteTakesAnotherNumber(int router) {
        String text = site.text();
        String edited = text.replaceFirst("(?m)^vip:.*\n", "$0  router_id: " + router + "\n");
        assertThat(edited).isNotEqualTo(text);
        site.file("tandem.yaml", edited);
        Output up = site.tandem("up");
        assertThat(up.exit()).as(up.stdout() + up.stderr()).isZero();
        Output doctor = doctor();
        assertThat(doctor.exit()).as(doctor.stdout()).isZero();
        assertThat(unfolded(doctor)).contains("using virtual router 153, 154, 155");
    }

    @Test
    void aSplitBrainIsNamed() {
        assertThat(site.exec("haproxy-a", "sh", "-c", CUT).stderr()).isEmpty();
        try {
            TestSite.await(
                    "both answer for the VIP",
                    () -> site.vipOwners(LiveSite.BALANCERS).size() == 2);

            Output doctor = doctor();

            assertThat(doctor.exit()).as(doctor.stdout()).isEqualTo(1);
            assertThat(doctor.stdout())
                    .contains("ILL      split brain")
                    .containsPattern(
                            "haproxy-a \\(\\S+\\) and haproxy-b \\(\\S+\\) both answer ARP")
                    .contains("adverts of haproxy-b arrive at haproxy-a, which ignores them")
                    .contains("No advert of haproxy-a arrives at haproxy-b")
                    .contains("IP protocol 112");
        } finally {
            site.exec("haproxy-a", "nft", "delete", "table", "inet", "cut");
        }
        site.awaitWell();
    }

    /// Its init would take it off; that is stopped.
    @Test
    void aVipThatWasAddedByHandIsNamedWithACureThatWorks() {
        String container = site.container("haproxy-b");
        String lan = site.fact("haproxy-b", "lan");
        Shell.answer("docker", "kill", "-s", "STOP", container);
        try {
            // Again and again: a Keepalived that misses adverts on a busy machine takes it off.
            AtomicReference<Output> last = new AtomicReference<>();
            TestSite.await(
                    "its init is late, and both answer",
                    () -> {
                        Shell.type(
                                "docker exec %s ip address replace %s/32 dev %s"
                                        .formatted(container, site.lan(150), lan));
                        last.set(doctor());
                        String said = last.get().stdout();
                        return said.contains("the init of haproxy-b has not run for")
                                && said.contains("two owners");
                    });

            Output doctor = last.get();
            assertThat(doctor.exit()).as(doctor.stdout()).isEqualTo(1);
            assertThat(doctor.stdout())
                    .contains("ILL      two owners of the VIP")
                    .contains("the init of haproxy-b has not run for ")
                    .contains("cure:   docker kill -s CONT " + container)
                    .doesNotContain("split brain");
        } finally {
            Shell.type("docker kill -s CONT " + container);
        }
        site.awaitWell();
        assertThat(unfolded(doctor())).contains("haproxy-a alone answers for " + site.lan(150));
    }

    /// Total outage: no client reaches a balancer, no balancer a web server, and the network
    /// between them is gone.
    @Test
    void whatWasTakenOffItsNetworkIsNamedAndUpAttachesItAgain() {
        String lan = site.name() + "_lan";
        String network = site.model().network().orElseThrow().name();
        List.of("haproxy-a", "haproxy-b").forEach(node -> disconnect(lan, node));
        List.of("haproxy-a", "haproxy-b", "web-a", "web-b")
                .forEach(node -> disconnect(network, node));
        Shell.type("docker network rm " + network);

        Output status = site.tandem("status");

        assertThat(status.exit()).as(status.stdout()).isEqualTo(1);
        assertThat(status.stdout())
                .contains("drift:     haproxy-a is not attached to " + lan)
                .contains("drift:     haproxy-b is not attached to " + lan)
                .contains("drift:     web-b is not attached to " + network);
        Output doctor = doctor();
        assertThat(doctor.exit()).as(doctor.stdout()).isEqualTo(1);
        assertThat(doctor.stdout())
                .contains("haproxy-a is not attached to " + lan)
                .contains("web-b is not attached to " + network)
                .contains("tandem up");
        Output up = site.tandem("up");
        assertThat(up.exit()).as(up.stdout() + up.stderr()).isZero();
        Output after = site.tandem("status");
        assertThat(after.exit()).as(after.stdout()).isZero();
        assertThat(site.whoAnswers("http://" + site.lan(150) + "/")).isIn("web-a", "web-b");
    }

    private static void disconnect(String network, String node) {
        Shell.answer("docker", "network", "disconnect", network, site.container(node));
    }

    @Test
    void withoutAnEngineItSaysThatAndWhatItCouldNotLookAt() {
        Output doctor =
                Shell.run(
                        site.directory(),
                        "env",
                        "DOCKER_HOST=unix:///nonexistent.sock",
                        Shell.HOME.resolve("tandem").toString(),
                        "doctor");

        assertThat(doctor.exit()).isEqualTo(1);
        assertThat(doctor.stdout())
                .contains("ILL      Docker engine")
                .contains("not checked without it")
                .contains("1 is ill.");
    }

    @Test
    void aSiteThatIsNotUpIsLookedAtAsFarAsThereIsOne() {
        TestSite other = TestSite.likeTheCustomers();

        Output doctor = other.tandem("doctor");

        assertThat(doctor.exit()).as(doctor.stdout()).isZero();
        assertThat(unfolded(doctor))
                .contains("none is running")
                .contains("the LAN is a bridge of this host that does not exist yet")
                .contains("overlap nothing of this machine");
        assertThat(other.directory().resolve(".tandem")).as("nothing was written").doesNotExist();
    }

    /// A pair as tutorials have it: multicast, VRRP version 2, an advert a second.
    private static String foreignGroup() {
        return """
        cat > /tmp/keepalived.conf <<END
        vrrp_instance foreign {
            state BACKUP
            interface eth0
            virtual_router_id 150
            priority 50
            advert_int 1
            virtual_ipaddress { %s }
        }
        END
        exec keepalived --dont-fork --log-console --vrrp --use-file=/tmp/keepalived.conf
        """
                .formatted(site.lan(200));
    }

    private static String logs(String container) {
        Output output = Shell.run(Shell.HOME, "docker", "logs", container);
        return output.stdout() + output.stderr();
    }

    /// A container on the site's LAN that is none of the site's.
    private static String stranger(String what, int address, String script) {
        String name = site.name() + "-" + what;
        Shell.answer(
                "docker",
                "run",
                "--detach",
                "--name",
                name,
                "--label",
                "dev.tandem.check=" + TestSite.CHECK,
                "--log-driver",
                "json-file",
                "--network",
                site.name() + "_lan",
                "--ip",
                site.lan(address).toString(),
                "--cap-add",
                "NET_ADMIN",
                "--entrypoint",
                "sh",
                site.balancerImage(),
                "-c",
                script);
        return name;
    }
}
