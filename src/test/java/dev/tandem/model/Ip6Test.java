package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// IPv6 addresses are read in all of their forms (RFC 4291, 2.2) and written in one (RFC 5952).
class Ip6Test {
    @ParameterizedTest
    @CsvSource({
        "2001:db8::7, 2001:db8::7",
        "2001:DB8:0:0::7, 2001:db8::7",
        "2001:0db8:0000:0000:0000:0000:0000:0007, 2001:db8::7",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::ffff:192.0.2.1, ::ffff:c000:201",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:192.0.2.33, 1:2:3:4:5:6:c000:221",
    })
    void allFormsAreReadAndOneIsWritten(String text, String written) {
        Ip6 address = Ip6.parse(text).orElseThrow();
        assertThat(address).hasToString(written);
        assertThat(Ip6.parse(written)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1",
                "2001:db8",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "[::1]",
                "::1 ",
                ":1::",
                "1:2:3:4:5:6:7:192.0.2.1",
                "192.0.2.1::",
                "::192.0.2.1:1",
                "::192.0.2.256",
                "192.0.2.1"
            })
    void everythingElseIsNone(String text) {
        assertThat(Ip6.parse(text)).isEmpty();
    }

    @Test
    void whatIsAnIp4AddressInTruthSaysSo() {
        assertThat(Ip6.parse("::ffff:192.0.2.1").orElseThrow().mapped())
                .contains(Ip4.of("192.0.2.1"));
        assertThat(Ip6.parse("::192.0.2.1").orElseThrow().mapped()).isEmpty();
        assertThat(Ip6.parse("1::ffff:192.0.2.1").orElseThrow().mapped()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::7/128, 2001:db8::7",
        "2001:db8::7, 2001:db8::7",
        "2001:db8:ffff::/33, 2001:db8:8000::/33",
        "2001:db8:1:2:3::/64, 2001:db8:1:2::/64",
        "2001:db8:1:2:8000::/65, 2001:db8:1:2:8000::/65",
        "2001:db8::/0, ::/0",
        "10.1.2.3/8, 10.0.0.0/8",
        "10.1.2.3/32, 10.1.2.3",
        "10.1.2.3/0, 0.0.0.0/0",
    })
    void aRangeBeginsWithItsFirstAddress(String text, String written) {
        assertThat(AddressRange.parse(text).map(AddressRange::toString)).contains(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::/129", "10.0.0.0/33", "::/", "::/01", "/64", "x/64"})
    void aRangeHasAPrefixOfItsVersion(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @Test
    void aRangeHasNoBitsBeyondItsPrefix() {
        Ip6 address = Ip6.parse("2001:db8::7").orElseThrow();
        assertThatThrownBy(() -> new AddressRange(address, 64)).hasMessageContaining("beyond /64");
        assertThatThrownBy(() -> new AddressRange(address, 129)).hasMessageContaining("0..128");
    }

    @Test
    void aHostOfAUrlIsAnAddressWithItsBrackets() {
        assertThat(Ip.ofHost("[2001:db8::7]").map(Ip::toString)).contains("2001:db8::7");
        assertThat(Ip.ofHost("192.0.2.1")).isEqualTo(Optional.of(Ip4.of("192.0.2.1")));
        assertThat(Ip.ofHost("2001:db8::7")).isEmpty();
        assertThat(Ip.ofHost("[192.0.2.1]")).isEmpty();
        assertThat(Ip.ofHost("www.example.org")).isEmpty();
    }
}
