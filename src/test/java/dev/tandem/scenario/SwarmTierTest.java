package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Web servers that are a service of a Docker Swarm: one task a machine, its port published by the
/// machine itself, and `url:` servers of a site elsewhere (docs/operating/web-tier.md). The service
/// grows and shrinks, gets a new version, loses a machine, loses its managers; the site counts.
@Tag("containers")
@Tag("counting")
@Tag("slow")
class SwarmTierTest {
    @RegisterExtension static final Farm FARM = Farm.of("m1", "m2", "m3", "m4");

    private static final String FILE =
            """
            vip: {address: 192.168.0.150, interface: ens33}
            balancers: {haproxy-a: {hostname: bl1}, haproxy-b: {hostname: bl2}}
            backend: {balance: roundrobin}
            servers:
              app-1: {url: "http://192.168.0.11:8080"}
              app-2: {url: "http://192.168.0.12:8080"}
              app-3: {url: "http://192.168.0.13:8080"}
            timing: {check_limit: 2s, connect: 1s, fall: 4}
            """;

    private static final String NGINX =
            """
            events {}
            http {
                access_log off;
                server {
                    listen 8080;
                    default_type text/html;
                    add_header X-Served-By $hostname always;
                    location / { return 200 "<h1>app</h1>\\n"; }
                }
            }
            """;

    private static final int SOME = 600;

    @BeforeAll
    static void aServiceAndASite() throws IOException {
        Files.writeString(FARM.directory().resolve("m1/tandem/nginx.conf"), NGINX);
        FARM.answer("m1", "docker swarm init --advertise-addr 192.168.0.11");
        String token = FARM.answer("m1", "docker swarm join-token -q manager");
        for (String machine : List.of("m2", "m3")) {
            FARM.answer(machine, "docker swarm join --token " + token + " 192.168.0.11:2377");
        }
        FARM.answer("m1", "docker config create nginx /var/lib/tandem/nginx.conf");
        swarm(
                "docker service create --quiet --name app --replicas 1 --replicas-max-per-node 1"
                        + " --publish mode=host,target=8080,published=8080"
                        + " --hostname '{{.Node.Hostname}}' --stop-grace-period 10s"
                        + " --update-order stop-first --update-delay 3s --no-resolve-image"
                        + " --config source=nginx,target=/etc/tandem/nginx.conf "
                        + Builds.once().web());

        Files.writeString(FARM.directory().resolve("m4/tandem/tandem.yaml"), FILE);
        Output up = FARM.tandem("m4", "up --wait-timeout 5");
        assertThat(up.stdout() + up.stderr()).contains("haproxy-a");
        awaitUp(1);
    }

    @AfterAll
    static void theServiceEnds() {
        FARM.run("in", "m1", "docker", "service", "rm", "app");
    }

    /// Types a line on the first manager.
    private static String swarm(String line) {
        return FARM.answer("m1", "timeout 60 " + line);
    }

    /// Waits until so many web servers are up as both balancers see them.
    private static void awaitUp(int number) {
        TestSite.await(number + " web servers are up", () -> up() == number);
    }

    private static long up() {
        return FARM.tandem("m4", "status")
                .stdout()
                .lines()
                .filter(line -> line.matches("app-. +UP +UP .*"))
                .count();
    }

    private static void lostNothing(String after, LanLoad load) throws IOException {
        LanLoad.Count count = load.after(SOME);
        assertThat(count.lost()).as(after + ": " + count).isZero();
    }

    @Test
    void itGrowsAndShrinksAndIsRenewedAndLosesAMachineAndItsManagers() throws Exception {
        Path authority = FARM.directory().resolve("m4/tandem/.tandem/tandem/tls/ca.pem");
        try (LanLoad load = LanLoad.start(FARM, "192.168.0.150", authority)) {
            lostNothing("one task", load);

            swarm("docker service scale app=3");
            awaitUp(3);
            lostNothing("1 to 3", load);

            swarm("docker service update --quiet --env-add VERSION=2 app");
            awaitUp(3);
            lostNothing("a rolling update", load);

            // One at a time: of two that are gone at once, a request may meet both.
            swarm("docker service scale app=2");
            awaitUp(2);
            swarm("docker service scale app=1");
            awaitUp(1);
            lostNothing("3 to 2 to 1", load);

            swarm("docker service scale app=3");
            awaitUp(3);
            lostNothing("3 again", load);

            whatAMachineCosts(load);
            theRestServesWithoutManagers(load);
        }
    }

    /// What was on it is lost or waits, until its checks have failed; all else is served.
    private static void whatAMachineCosts(LanLoad load) throws IOException {
        FARM.farm("off", "m3");
        awaitUp(2);
        LanLoad.Count count = load.after(SOME);
        System.out.println("a machine of the Swarm is off: " + count);
        lostNothing("after that", load);
    }

    /// One manager of three answers: nothing can be changed, and what runs goes on.
    private static void theRestServesWithoutManagers(LanLoad load) throws IOException {
        FARM.farm("hold", "m2", "on");
        FARM.farm("dockerd", "m2", "KILL");
        TestSite.await("no quorum", () -> !FARM.on("m1", "timeout 10 docker node ls").ok());
        lostNothing("without a quorum", load);
    }
}
