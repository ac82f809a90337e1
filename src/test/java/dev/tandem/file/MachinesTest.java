package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.LanInterface;
import dev.tandem.model.Machine;
import dev.tandem.model.Reach;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Files of sites over several machines, as they are read.
class MachinesTest {
    private static final String TWO =
            """
            vip: {address: 192.168.0.150, interface: ens33}
            machines:
              m1: {ssh: root@192.168.0.11}
              m2: {ssh: "admin@rack-2.example.org:2222", interface: eno1}
            balancers: {haproxy-a: , haproxy-b: }
            servers: {web-a: , web-b: }
            """;

    private static Reading reading(String text, Map<String, String> placed) {
        FakeSurroundings files = new FakeSurroundings();
        Surroundings surroundings =
                new Surroundings() {
                    @Override
                    public boolean isDirectory(String path) {
                        return files.isDirectory(path);
                    }

                    @Override
                    public Optional<byte[]> read(String path) {
                        return files.read(path);
                    }

                    @Override
                    public Map<String, String> placed(String site) {
                        return site.equals("tandem") ? placed : Map.of();
                    }
                };
        return SiteReader.read("tandem.yaml", text.getBytes(StandardCharsets.UTF_8), surroundings);
    }

    private static Site site(String text) {
        return site(text, Map.of());
    }

    private static Site site(String text, Map<String, String> placed) {
        return switch (reading(text, placed)) {
            case Reading.Good(Site site) -> site;
            case Reading.Bad bad -> throw new AssertionError(bad.render() + "\n" + text);
        };
    }

    private static Balancer balancer(String name, String address, String machine) {
        Ip4 at = Ip4.of(address);
        return new Balancer(name, name, at, at, Optional.of(machine));
    }

    private static Server own(String name, String address, String machine) {
        return new Server.Own(name, Ip4.of(address), Optional.empty(), Optional.of(machine));
    }

    @Test
    void everyNodeHasOneAddressAndItIsOnTheLan() {
        Site site = site(TWO);
        assertThat(site.network()).isEmpty();
        assertThat(site.machines())
                .containsExactly(
                        new Machine(
                                "m1",
                                new Reach.Ssh("root", "192.168.0.11", 22),
                                new LanInterface.Named("ens33")),
                        new Machine(
                                "m2",
                                new Reach.Ssh("admin", "rack-2.example.org", 2222),
                                new LanInterface.Named("eno1")));
        assertThat(site.balancers())
                .containsExactly(
                        balancer("haproxy-a", "192.168.0.151", "m1"),
                        balancer("haproxy-b", "192.168.0.152", "m2"));
        assertThat(site.servers())
                .containsExactly(
                        own("web-a", "192.168.0.161", "m1"), own("web-b", "192.168.0.162", "m2"));
        assertThat(site.healthFrom()).hasSize(1);
        assertThat(site.networks()).containsExactly("tandem_lan");
    }

    @Test
    void aBalancerThatComesMovesNoServer() {
        Site site = site(TWO.replace("haproxy-b: }", "haproxy-b: , haproxy-c: }"));
        assertThat(site.servers()).isEqualTo(site(TWO).servers());
    }

    @Test
    void theAddressesOfMachinesAreNotGivenToNodes() {
        Site site = site(TWO.replace("192.168.0.11}", "192.168.0.151}"));
        assertThat(site.balancers())
                .extracting(Balancer::lanAddress)
                .containsExactly(Ip4.of("192.168.0.152"), Ip4.of("192.168.0.153"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "here; here",
                "{ssh: root@10.0.0.1}; ssh: root@10.0.0.1",
                "{ssh: 'root@10.0.0.1:22'}; ssh: root@10.0.0.1",
                "{ssh: 'root@10.0.0.1:2222'}; ssh: root@10.0.0.1:2222",
                "{ssh: _deploy.x-1@rack}; ssh: _deploy.x-1@rack",
                "{context: rack-2}; context: rack-2"
            })
    void aMachineIsReachedInOneOfThreeWays(String written, String means) {
        Site site = site(TWO.replace("{ssh: root@192.168.0.11}", written));
        assertThat(site.machines().getFirst().reach()).hasToString(means);
    }

    @Test
    void oneMachineElsewhereHoldsAll() {
        Site site =
                site(
                        """
                        vip: {address: 192.168.0.150}
                        machines: {m1: {ssh: root@192.168.0.11}}
                        balancers: {haproxy-a: , haproxy-b: }
                        servers: {web-a: }
                        """);
        assertThat(site.places().values()).containsOnly("m1");
    }

    @Test
    void aServerThatExistsHasNoMachine() {
        Site site = site(TWO.replace("web-b: }", "web-b: {url: 'http://10.0.0.7'}, web-c: }"));
        assertThat(site.places()).doesNotContainKey("web-b").containsEntry("web-c", "m2");
    }

    @Test
    void whatWasAppliedStaysWhereItIsWhenAMachineComes() {
        Site before = site(TWO);
        String more = TWO.replace("machines:\n", "machines:\n  m0: here\n");
        String three = more.replace("web-b: }", "web-b: , web-c: }");

        assertThat(site(three).places()).isNotEqualTo(before.places());
        assertThat(site(three, before.places()).places())
                .containsAllEntriesOf(before.places())
                .containsEntry("web-c", "m0");
    }

    @Test
    void aBalancerThatWouldShareAMachineWithOneThatStaysIsAProblemWithItsCure() {
        String swapped = TWO.replace("haproxy-a: ,", "haproxy-a: {machine: m2},");
        assertThat(((Reading.Bad) reading(swapped, site(TWO).places())).render())
                .contains("balancers.haproxy-b is on m2, as haproxy-a is, and m1 has no balancer")
                .contains("write 'machine: m1' below one of them");
    }

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    /// Whatever a file says: it is read as a site in which all fits, or it has problems.
    @ParameterizedTest
    @MethodSource("seeds")
    void aFileOfAnyKindGivesASiteWhoseNodesAllHaveAMachineAndAnAddress(long seed) {
        if (!(reading(file(new Random(seed)), Map.of()) instanceof Reading.Good(Site site))) {
            return;
        }
        Set<Ip4> addresses = new HashSet<>(Set.of(site.vip().address()));
        site.balancers().forEach(one -> assertThat(addresses.add(one.lanAddress())).isTrue());
        site.ownServers().forEach(one -> assertThat(addresses.add(one.address())).isTrue());
        assertThat(addresses).allMatch(site.vip().subnet()::isHost);
        assertThat(site.places().sequencedKeySet()).containsExactlyElementsOf(site.services());
        List<String> names = site.machines().stream().map(Machine::name).toList();
        assertThat(site.places().values()).isSubsetOf(names).containsAll(names);
    }

    @Test
    void manyOfThoseFilesAreRight() {
        assertThat(seeds().mapToObj(seed -> reading(file(new Random(seed)), Map.of())))
                .filteredOn(Reading.Good.class::isInstance)
                .hasSizeGreaterThan(100);
    }

    private static String file(Random random) {
        int machines = 1 + random.nextInt(4);
        StringBuilder text = new StringBuilder("vip: {address: 192.168.0.150}\nmachines:\n");
        for (int i = 1; i <= machines; i++) {
            text.append("  m%d: {ssh: root@192.168.0.%d}%n".formatted(i, 150 + random.nextInt(30)));
        }
        nodes(text.append("balancers:\n"), "b", 1 + random.nextInt(4), machines, random);
        nodes(text.append("servers:\n"), "w", 1 + random.nextInt(8), machines, random);
        return text.toString();
    }

    private static void nodes(
            StringBuilder text, String letter, int count, int machines, Random random) {
        for (int i = 1; i <= count; i++) {
            text.append("  ").append(letter).append(i).append(':');
            if (random.nextInt(5) == 0) {
                text.append(" {machine: m").append(1 + random.nextInt(machines)).append('}');
            } else if (random.nextInt(5) == 0) {
                text.append(" {address: 192.168.0.").append(150 + random.nextInt(40)).append('}');
            }
            text.append('\n');
        }
    }

    @Test
    void aNodeOnNoneOfTheMachinesIsNoSite() {
        Site site = site(TWO);
        assertThatThrownBy(() ->
                        new Site(
                                site.name(),
                                site.vip(),
                                site.network(),
                                site.machines().subList(0, 1),
                                site.balancers(),
                                site.listen(),
                                site.backend(),
                                site.servers(),
                                site.tls(),
                                site.timing(),
                                site.handover(),
                                site.budget(),
                                site.limits()))
                .hasMessage("a node is on none of the machines");
    }
}
