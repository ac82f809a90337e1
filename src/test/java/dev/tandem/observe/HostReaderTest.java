package dev.tandem.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.DockerNetwork;
import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import dev.tandem.observe.HostFacts.Address;
import dev.tandem.observe.HostFacts.Interface;
import dev.tandem.observe.HostFacts.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Reads the network of the machine on which the tests run.
class HostReaderTest {
    private static final HostFacts HOST = HostReader.read(List.of());

    @Test
    void itFindsTheLoopbackWithItsAddress() {
        assertThat(HOST.named("lo"))
                .hasValueSatisfying(lo -> {
                    assertThat(lo.kind()).isEqualTo(Kind.NO_LINK_LAYER);
                    Optional<Subnet> subnet = Subnet.parse("127.0.0.0/8");
                    assertThat(lo.addresses()).contains(new Address(Ip4.of("127.0.0.1"), subnet));
                });
    }

    @Test
    void aMissingInterfaceIsNotFound() {
        assertThat(HOST.named("no-such-one")).isEmpty();
    }

    @Test
    void everyNameAppearsOnce() {
        assertThat(HOST.interfaces()).extracting(Interface::name).doesNotHaveDuplicates();
    }

    @Test
    void everyAddressLiesInItsSubnet() {
        assertThat(HOST.interfaces())
                .flatExtracting(Interface::addresses)
                .isNotEmpty()
                .allMatch(a -> a.subnet().map(s -> s.contains(a.address())).orElse(true));
    }

    @Test
    void aDefaultRouteLeadsThroughAnInterfaceOfThisHost() {
        assertThat(HOST.gateways())
                .allSatisfy(route -> {
                    Optional<Interface> device = HOST.named(route.device());
                    assertThat(device).isPresent();
                    assertThat(route.via()).isNotEqualTo(Ip4.of("0.0.0.0"));
                    assertThat(device.get().addresses())
                            .flatExtracting(a -> a.subnet().stream().toList())
                            .anyMatch(subnet -> subnet.contains(route.via()));
                });
    }

    @Test
    void dockersNetworksArePassedOn() {
        DockerNetwork network = new DockerNetwork("vtnet", "bridge", List.of(), "", "tandem");
        assertThat(HostReader.read(List.of(network)).networks()).containsExactly(network);
    }
}
