package dev.tandem.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which free address comes next.
class AllotmentTest {
    private static Allotment allotment(String subnet, String... taken) {
        return new Allotment(Subnet.of(subnet), Set.copyOf(Stream.of(taken).map(Ip4::of).toList()));
    }

    private static List<String> all(Supplier<Optional<Ip4>> next) {
        return Stream.generate(next)
                .takeWhile(Optional::isPresent)
                .map(address -> address.orElseThrow().toString())
                .limit(300)
                .toList();
    }

    @Test
    void balancersComeInStepsOfTenAndThenWhereverThereIsRoom() {
        Allotment free = allotment("172.20.0.0/24", "172.20.0.1", "172.20.0.60");
        List<String> given = all(free::spaced);
        assertThat(given)
                .startsWith("172.20.0.50", "172.20.0.70", "172.20.0.80")
                .hasSize(252)
                .doesNotHaveDuplicates()
                .doesNotContain("172.20.0.0", "172.20.0.1", "172.20.0.60", "172.20.0.255");
        assertThat(given.get(19)).isEqualTo("172.20.0.250");
        assertThat(given.get(20)).isEqualTo("172.20.0.2");
    }

    @Test
    void aSubnetWithoutAFiftiethAddressIsFilledFromItsStart() {
        Allotment free = allotment("172.20.0.64/29", "172.20.0.65");
        assertThat(all(free::spaced))
                .containsExactly(
                        "172.20.0.66", "172.20.0.67", "172.20.0.68", "172.20.0.69", "172.20.0.70");
    }

    @Test
    void serversTakeTheLowestFreeAddress() {
        Allotment free = allotment("10.0.0.0/29", "10.0.0.1", "10.0.0.3");
        assertThat(all(free::lowest))
                .containsExactly("10.0.0.2", "10.0.0.4", "10.0.0.5", "10.0.0.6");
    }

    @Test
    void theLanContinuesAfterTheVipAndWrapsAroundAtItsEnd() {
        Allotment free = allotment("10.0.0.0/29", "10.0.0.1", "10.0.0.4");
        assertThat(all(() -> free.after(Ip4.of("10.0.0.4"))))
                .containsExactly("10.0.0.5", "10.0.0.6", "10.0.0.2", "10.0.0.3");
    }

    @Test
    void bothMethodsShareTheFreeAddresses() {
        Allotment free = allotment("172.20.0.0/24", "172.20.0.1");
        assertThat(free.lowest()).contains(Ip4.of("172.20.0.2"));
        assertThat(free.spaced()).contains(Ip4.of("172.20.0.50"));
        assertThat(free.lowest()).contains(Ip4.of("172.20.0.3"));
    }

    @Test
    void aLargeSubnetTakesNoLonger() {
        Allotment free = allotment("10.0.0.0/8", "10.0.0.1");
        assertThat(free.after(Ip4.of("10.255.255.253"))).contains(Ip4.of("10.255.255.254"));
        assertThat(free.after(Ip4.of("10.255.255.254"))).contains(Ip4.of("10.0.0.2"));
    }
}
