package dev.tandem.change.carry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What HAProxy 3.0 says of a certificate that it shows.
class CertificateShownTest {
    private static final String ANSWER =
            """
            Filename: /etc/tandem-tls/site.pem
            Status: Used
            Serial: 2A6D01F4D32E2D5F
            notBefore: Nov 29 13:00:00 2026 GMT
            notAfter: Feb 27 13:00:00 2027 GMT
            Subject Alternative Name: DNS:www.example.test, DNS:example.test, IP Address:192.168.0.150
            Algorithm: EC256
            SHA1 FingerPrint: 5D2F3C1B8E7A6F4D5C3B2A190807060504030201
            Subject: /CN=example.test
            Issuer: /CN=Pebble Intermediate CA 3a1b2c
            """;

    @Test
    void fingerprint_and_names_are_read_back() {
        assertThat(CertificateShown.parse(ANSWER))
                .contains(
                        new CertificateShown(
                                "5D2F3C1B8E7A6F4D5C3B2A190807060504030201",
                                List.of("example.test", "www.example.test")));
    }

    @Test
    void another_answer_is_none() {
        assertThat(CertificateShown.parse("Can't display the certificate: Not found!\n")).isEmpty();
        assertThat(CertificateShown.parse("")).isEmpty();
    }

    @Test
    void the_order_of_names_says_nothing() {
        assertThat(new CertificateShown("AA", List.of("b", "a")))
                .isEqualTo(new CertificateShown("AA", List.of("a", "b")))
                .hasToString("AA for a, b");
    }
}
