package dev.tandem.certificate;

import static dev.tandem.certificate.TlsDirectory.SERVERS;
import static dev.tandem.certificate.TlsDirectory.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.model.ClientCertificates;
import dev.tandem.model.ClientCertificates.Verify;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.model.Tls;
import dev.tandem.render.Layout;
import dev.tandem.text.Pem;
import dev.tandem.text.Revocations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The CA of clients and its revocation list, as a user supplies them.
class ClientCertificatesTest {
    private static final X500Name NAME = new X500Name("CN=clients");
    private static final Site ASKS = asks(Optional.of("clients.crl"));

    @TempDir private Path home;
    private TlsDirectory directory;
    private KeyPair keys;

    private static Site asks(Optional<String> revoked) {
        ClientCertificates clients =
                new ClientCertificates("clients.pem", revoked, Verify.REQUIRED);
        Tls tls =
                new Tls(
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.of(clients));
        return site(tls, SERVERS);
    }

    @BeforeEach
    void before() throws Exception {
        directory = new TlsDirectory(home);
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        X509Certificate authority =
                new JcaX509CertificateConverter()
                        .getCertificate(
                                new JcaX509v3CertificateBuilder(
                                                NAME,
                                                BigInteger.ONE,
                                                Date.from(directory.now()),
                                                Date.from(directory.now().plus(years(5))),
                                                NAME,
                                                keys.getPublic())
                                        .build(
                                                new JcaContentSignerBuilder("Ed25519")
                                                        .build(keys.getPrivate())));
        write("clients.pem", "a remark\n" + Pem.text(List.of(authority)));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(home.resolve(name), text);
    }

    private static Duration years(int years) {
        return Duration.ofDays(365L * years);
    }

    /// A list that holds for so long.
    private void list(Duration holds) throws Exception {
        byte[] der =
                new X509v2CRLBuilder(NAME, Date.from(directory.now()))
                        .setNextUpdate(Date.from(directory.now().plus(holds)))
                        .build(new JcaContentSignerBuilder("Ed25519").build(keys.getPrivate()))
                        .getEncoded();
        X509CRL list =
                (X509CRL)
                        CertificateFactory.getInstance("X.509")
                                .generateCRL(new ByteArrayInputStream(der));
        write("clients.crl", Revocations.text(List.of(list)));
    }

    @Test
    void bothAreWhereTheBalancersReadThemAndASecondCallKeepsThem() throws Exception {
        list(Duration.ofDays(30));

        assertThat(directory.ensure(ASKS).changed())
                .contains(
                        "CAs of clients put in place",
                        "what the CAs of clients have revoked put in place");
        assertThat(directory.tls.resolve(Layout.Tls.CLIENTS))
                .content()
                .startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(directory.tls.resolve(Layout.Tls.CLIENTS_CRL))
                .content()
                .startsWith("-----BEGIN X509 CRL-----");
        assertThat(directory.ensure(ASKS).kept()).contains("CAs of clients kept");
    }

    @Test
    void aListThatIsPastItsNextUpdateIsRefused() throws Exception {
        list(Duration.ofDays(30));
        directory.pass(Duration.ofDays(31));

        Stop stop = catchThrowableOfType(Stop.class, () -> directory.ensure(ASKS));

        assertThat(stop.seen())
                .startsWith("clients.crl: its next update was due on 2027-03-31")
                .endsWith("every client would be refused");
    }

    @Test
    void whenItEndsIsKnownAsLongAsItIsInUse() throws Exception {
        list(Duration.ofDays(30));
        directory.ensure(ASKS);
        Instant end = directory.now().plus(Duration.ofDays(30));

        assertThat(CertificateSeen.in(directory.tls, ASKS))
                .contains(new CertificateSeen.Dated(Layout.Tls.CLIENTS_CRL, directory.now(), end));
        assertThat(CertificateSeen.in(directory.tls, asks(Optional.empty())))
                .extracting(CertificateSeen::file)
                .contains(Layout.Tls.CLIENTS)
                .doesNotContain(Layout.Tls.CLIENTS_CRL);
        assertThat(CertificateSeen.in(directory.tls, site(TlsDirectory.OWN, SERVERS)))
                .extracting(CertificateSeen::file)
                .noneMatch(Layout.Tls::isOfClients);
    }
}
