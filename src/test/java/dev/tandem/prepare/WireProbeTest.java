package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.LanInterface;
import dev.tandem.model.Site;
import org.junit.jupiter.api.Test;

/// The addresses for which the LAN is asked.
class WireProbeTest {
    @Test
    void aNewSiteAsksForAllItsAddresses() {
        assertThat(WireProbe.addresses(Sample.site()))
                .hasToString(
                        "{192.168.0.150=vip.address,"
                                + " 192.168.0.151=balancers.haproxy-a.lan_address,"
                                + " 192.168.0.152=balancers.haproxy-b.lan_address}");
    }

    @Test
    void overSeveralMachinesWebServersAreOnTheLanToo() {
        assertThat(WireProbe.addresses(Sample.spread()))
                .hasToString(
                        "{192.168.0.150=vip.address,"
                                + " 192.168.0.151=balancers.haproxy-a.address,"
                                + " 192.168.0.152=balancers.haproxy-b.address,"
                                + " 192.168.0.161=servers.web-a.address,"
                                + " 192.168.0.162=servers.web-b.address}");
    }

    @Test
    void aRunningSiteAsksForItsNewAddressesOnly() {
        Site now = Sample.site("192.168.0.160", new LanInterface.Auto());
        assertThat(WireProbe.newAddresses(now, Sample.site()))
                .hasToString("{192.168.0.160=vip.address}");
        assertThat(WireProbe.newAddresses(now, now)).isEmpty();
    }
}
