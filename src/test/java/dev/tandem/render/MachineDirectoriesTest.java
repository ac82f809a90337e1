package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Machine;
import dev.tandem.model.Orders;
import dev.tandem.model.Site;
import dev.tandem.render.ComposeYamlTest.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds of every site over several machines, checked on generated ones.
class MachineDirectoriesTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    private static Site site(long seed) {
        Random random = new Random(seed);
        int machines = 1 + random.nextInt(4);
        int balancers = Math.max(machines - 1, 1 + random.nextInt(3));
        StringBuilder file = new StringBuilder("vip: {address: 192.168.0.100}\nmachines:\n");
        for (int i = 1; i <= machines; i++) {
            file.append("  m%d: {ssh: root@192.168.0.%d}%n".formatted(i, i));
        }
        file.append("balancers:\n");
        for (int i = 1; i <= balancers; i++) {
            file.append("  b%d:%n".formatted(i));
        }
        file.append("servers:\n");
        for (int i = 1; i <= machines + random.nextInt(5); i++) {
            file.append("  w%d:%n".formatted(i));
        }
        if (random.nextBoolean()) {
            file.append("  there: {url: \"http://10.0.0.7\"}\n");
        }
        return RenderCase.read(file.toString());
    }

    private static Setting setting(Site site) {
        SortedMap<String, Lan.Macvlan> each = new TreeMap<>();
        for (Machine machine : site.machines()) {
            String name = machine.name();
            Optional<Ip4> own = Optional.of(Ip4.of("192.168.0." + name.substring(1)));
            each.put(name, new Lan.Macvlan("eth" + name.substring(1), Optional.empty(), own));
        }
        return RenderCase.setting(new Lan.Machines(each));
    }

    private static Rendering on(Site site, String machine) {
        return Renderer.onMachine(site, setting(site), Orders.NONE, machine);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSiteIsWhatLiesOnItsMachinesAndNothingElse(long seed) {
        Site site = site(seed);
        SortedMap<String, String> files = new TreeMap<>();
        for (Machine machine : site.machines()) {
            on(site, machine.name())
                    .files()
                    .forEach((path, text) ->
                            files.put("machines/" + machine.name() + "/" + path, text));
        }
        assertThat(Renderer.render(site, setting(site)).files()).isEqualTo(files);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyNodeIsAServiceOfItsMachineAloneAndItsFilesAreThere(long seed) {
        Site site = site(seed);
        for (Machine machine : site.machines()) {
            Rendering rendering = on(site, machine.name());
            List<Object> nodes = new ArrayList<>();
            site.places()
                    .forEach((node, at) -> {
                        boolean here = at.equals(machine.name());
                        if (here) {
                            nodes.add(node);
                        }
                        assertThat(
                                        rendering.files().keySet().stream()
                                                .anyMatch(f -> Layout.isIn(node, f)))
                                .isEqualTo(here);
                    });
            nodes.add("lan-route");
            Parsed compose = Parsed.of(rendering);
            assertThat(compose.at("services").keys()).isEqualTo(nodes);
            assertThat(rendering.services().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            nodes.stream().map(Object::toString).toList());
            assertThat(compose.at("networks").keys()).containsExactly("lan");
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void allThatAContainerMountsLiesOnItsMachine(long seed) {
        Site site = site(seed);
        for (Machine machine : site.machines()) {
            Rendering rendering = on(site, machine.name());
            List<String> certificates =
                    Renderer.certificatesOn(site, machine.name()).stream()
                            .map(Layout.Tls::path)
                            .toList();
            List<String> mounted = new ArrayList<>();
            Parsed services = Parsed.of(rendering).at("services");
            for (Object node : services.keys()) {
                if (!node.equals("lan-route")) {
                    services.at(node.toString()).at("volumes").list().stream()
                            .filter(volume -> volume.at("type").value().equals("bind"))
                            .map(volume -> volume.at("source").value().toString().substring(2))
                            .forEach(mounted::add);
                }
            }
            assertThat(mounted)
                    .allMatch(source ->
                            certificates.contains(source)
                                    || rendering.files().keySet().stream()
                                            .anyMatch(file -> Layout.isIn(source, file)))
                    .as("and no key is there that nobody mounts")
                    .containsAll(certificates);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachHostReachesAllThatStandsOnTheLanByItsOwnInterface(long seed) {
        Site site = site(seed);
        List<String> addresses = new ArrayList<>(List.of(site.vip().address().toString()));
        site.balancers().forEach(one -> addresses.add(one.lanAddress().toString()));
        site.ownServers().forEach(one -> addresses.add(one.address().toString()));
        for (Machine machine : site.machines()) {
            Parsed route = Parsed.of(on(site, machine.name())).at("services").at("lan-route");
            Parsed told = route.at("environment");
            String number = machine.name().substring(1);
            assertThat(told.at("TANDEM_ADDRESSES").value()).isEqualTo(String.join(" ", addresses));
            assertThat(told.at("TANDEM_SOURCE").value()).isEqualTo("192.168.0." + number);
            assertThat(told.at("TANDEM_PARENT").value()).isEqualTo("eth" + number);
        }
    }

    @Test
    void ofOneMachineTheWholeSiteKnowsTheRouteByItsMachine() {
        Site site = site(7);
        assertThat(Renderer.render(site, setting(site)).services().keySet())
                .contains("m1/lan-route")
                .containsAll(site.services())
                .hasSize(site.services().size() + site.machines().size());
    }

    @Test
    void ordersAreWrittenWhereTheirBalancerIs() {
        Site site = site(7);
        Rendering whole = Renderer.render(site, setting(site));
        assertThat(Renderer.orders(site, Orders.NONE))
                .isNotEmpty()
                .allSatisfy((path, text) -> assertThat(whole.file(path)).isEqualTo(text));
    }

    @Test
    void aSiteWithoutMachinesHasNoDirectoriesOfMachines() {
        for (RenderCase one : RenderCase.all()) {
            Site site = RenderCase.read(one.yaml());
            assertThat(one.rendered().keySet())
                    .as(one.toString())
                    .allMatch(path -> path.startsWith("machines/") == site.hasMachines());
        }
    }

    @Test
    void whatNobodyKnowsOfAMachineIsNotGuessed() {
        Site site = site(7);
        Setting other = RenderCase.setting(new Lan.Machines(new TreeMap<>()));
        assertThatThrownBy(() -> Renderer.render(site, other))
                .hasMessage("nobody knows the LAN of m1");
    }
}
