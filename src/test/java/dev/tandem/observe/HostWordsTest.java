package dev.tandem.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Command;
import dev.tandem.docker.Processes;
import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import dev.tandem.observe.HostFacts.Address;
import dev.tandem.observe.HostFacts.DefaultRoute;
import dev.tandem.observe.HostFacts.Interface;
import dev.tandem.observe.HostFacts.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a container says of its host's network.
class HostWordsTest {
    private static final String SAID =
            """
            link br-1a2b - bridge 1
            link ens33 - - 1
            link lo - - 772
            link wlan0 wireless - 1
            address lo 127.0.0.1/8
            address ens33 192.168.0.11/24
            address ens33 10.0.0.1/32
            route Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask
            route ens33\t00000000\t0100A8C0\t0003\t0\t0\t0\t00000000
            route ens33\t0000A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF
            """;

    @Test
    void eachLineIsAFact() {
        HostFacts host = HostWords.read(SAID, List.of());

        assertThat(host.interfaces())
                .extracting(Interface::name, Interface::kind)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("br-1a2b", Kind.DOCKER_BRIDGE),
                        org.assertj.core.groups.Tuple.tuple("ens33", Kind.ETHERNET),
                        org.assertj.core.groups.Tuple.tuple("lo", Kind.NO_LINK_LAYER),
                        org.assertj.core.groups.Tuple.tuple("wlan0", Kind.WIRELESS));
        assertThat(host.named("ens33").orElseThrow().addresses())
                .containsExactly(
                        new Address(Ip4.of("192.168.0.11"), Subnet.parse("192.168.0.0/24")),
                        new Address(Ip4.of("10.0.0.1"), Optional.empty()));
        assertThat(host.gateways())
                .containsExactly(new DefaultRoute(Ip4.of("192.168.0.1"), "ens33"));
    }

    /// Interfaces of test sites come and go: what both readers see is compared.
    @Test
    void theShellSeesWhatJavaSees() {
        Command shell = Command.of(Duration.ofSeconds(20), List.of("sh", "-c", HostWords.SCRIPT));
        HostFacts there = HostWords.read(new Processes().run(shell).stdout(), List.of());
        HostFacts here = HostReader.read(List.of());

        assertThat(there.gateways()).isEqualTo(here.gateways());
        assertThat(there.named("lo")).isEqualTo(here.named("lo")).isPresent();
        String device = here.gateways().isEmpty() ? "lo" : here.gateways().getFirst().device();
        assertThat(there.named(device)).isEqualTo(here.named(device)).isPresent();
    }
}
