package dev.tandem.certificate;

import static dev.tandem.certificate.TlsDirectory.OWN;
import static dev.tandem.certificate.TlsDirectory.SERVERS;
import static dev.tandem.certificate.TlsDirectory.existing;
import static dev.tandem.certificate.TlsDirectory.provided;
import static dev.tandem.certificate.TlsDirectory.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.text.Pem;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Certificates and CAs that the user supplies.
class GivenCertificatesTest {
    private static final Site GIVEN = site(provided("shop.pem", "shop.key"), SERVERS);

    /// Made once for all tests: an RSA key takes a while.
    private static final Map<String, KeyPair> KEYS = new HashMap<>();

    @TempDir private Path home;
    private TlsDirectory directory;

    @BeforeEach
    void before() {
        directory = new TlsDirectory(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void a_key_in_pkcs8_is_accepted(String kind) throws Exception {
        Credential given = given(kind);
        write("shop.key", Pem.text(given.key()));

        expectTaken(given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void a_key_in_openssls_older_format_is_accepted(String kind) throws Exception {
        Credential given = given(kind);
        String old = traditional(given.key());
        assertThat(old).startsWith("-----BEGIN " + kind + " PRIVATE KEY-----");
        write("shop.key", old);

        expectTaken(given);
    }

    @Test
    void a_key_that_follows_its_curve_is_accepted() throws Exception {
        Credential given = given("EC");
        String curve =
                """
                -----BEGIN EC PARAMETERS-----
                BggqhkjOPQMBBw==
                -----END EC PARAMETERS-----
                """;
        write("shop.key", curve + traditional(given.key()));

        expectTaken(given);
    }

    @Test
    void key_and_certificate_may_be_in_one_file() throws Exception {
        Credential given = given("EC");
        write("shop.pem", Pem.text(given.chain()) + Pem.text(given.key()));
        write("shop.key", Pem.text(given.chain()) + Pem.text(given.key()));

        expectTaken(given);
    }

    @Test
    void intermediates_and_remarks_are_understood() throws Exception {
        Credential given = given("EC");
        Credential chain =
                new Credential(
                        given.key(),
                        List.of(given.certificate(), credential("EC", 900).certificate()));
        write("shop.pem", "Bag Attributes\r\n" + Pem.text(chain.chain()).replace("\n", "\r\n"));
        write("shop.key", Pem.text(given.key()));

        expectTaken(chain);
    }

    private void expectTaken(Credential given) throws Pem.Unreadable {
        assertThat(directory.ensure(GIVEN).changed())
                .anyMatch(one ->
                        one.startsWith("certificate of your own put in place, " + given.valid()));
        String taken = directory.text("balancer/site.pem");
        assertThat(taken).startsWith(Pem.text(given.chain()) + "-----BEGIN PRIVATE KEY-----");
        assertThat(Pem.fits(PrivateKeys.first(taken), given.certificate().getPublicKey())).isTrue();
        assertThat(directory.mode("balancer/site.pem")).isEqualTo("rw-------");
        assertThat(directory.certificates().siteCertificateExpires()).contains(given.expires());

        var before = directory.everything();
        assertThat(directory.ensure(GIVEN).changed()).isEmpty();
        assertThat(directory.everything()).isEqualTo(before);
    }

    @Test
    void a_new_certificate_from_the_user_replaces_the_old_one() throws Exception {
        put(given("EC"));
        directory.ensure(GIVEN);

        Credential next = given("RSA");
        put(next);

        assertThat(directory.ensure(GIVEN).changed()).hasSize(1);
        assertThat(directory.text("balancer/site.pem")).startsWith(Pem.text(next.chain()));
    }

    @Test
    void the_user_may_switch_between_made_and_given_certificates() throws Exception {
        Credential given = given("EC");
        put(given);
        directory.ensure(site(OWN, SERVERS));

        assertThat(directory.ensure(GIVEN).changed())
                .containsExactly("certificate of your own put in place, " + given.valid());
        assertThat(directory.ensure(site(OWN, SERVERS)).changed())
                .containsExactly(
                        "certificate for 192.168.0.150 renewed (another CA had signed it),"
                                + " valid until 2029-06-03");
        assertThat(directory.ensure(GIVEN).changed()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void a_key_that_does_not_match_the_certificate_is_refused(String kind) throws Exception {
        given(kind);
        for (String other : List.of("RSA", "EC", "Ed25519")) {
            write("shop.key", Pem.text(credential(other, 900).key()));

            expectRefused("shop.pem: it does not belong to the key in shop.key");
        }
    }

    @Test
    void a_chain_in_the_wrong_order_is_refused() throws Exception {
        Credential given = given("EC");
        put(given);
        Credential ca = credential("EC", 900);
        write("shop.pem", Pem.text(List.of(ca.certificate(), given.certificate())));

        expectRefused(
                "shop.pem: the key in shop.key belongs to its certificate number 2,"
                        + " which must come first");
    }

    @Test
    void an_expired_certificate_is_refused() throws Exception {
        put(given("EC"));
        directory.pass(Duration.ofDays(91));

        expectRefused("shop.pem: it has expired; it was valid until 2027-05-30");
    }

    @Test
    void a_certificate_that_is_not_yet_valid_is_refused() throws Exception {
        put(given("EC"));
        directory.pass(Duration.ofDays(-91));

        expectRefused("shop.pem: it is not valid before 2027-03-01T11:00:00Z");
    }

    @Test
    void a_key_with_a_passphrase_is_refused() throws Exception {
        given("EC");
        var algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2);
        byte[] locked =
                new EncryptedPrivateKeyInfo(algorithm, new DEROctetString(new byte[16]).getOctets())
                        .getEncoded();
        write("shop.key", pem(new PemObject("ENCRYPTED PRIVATE KEY", locked)));

        expectRefused("shop.key: its key has a passphrase, and nobody is there to type it");
    }

    @Test
    void all_problems_are_reported_at_once() throws Exception {
        Files.createDirectory(home.resolve("ca.pem"));
        write("huge.pem", "x".repeat(1 << 21));
        List<Server> servers = List.of(existing("old-a", "ca.pem"), existing("old-b", "huge.pem"));
        write("shop.pem", "no certificate");

        Stop stop = refusal(site(provided("shop.pem", "shop.key"), servers));

        assertThat(stop.seen())
                .isEqualTo(
                        """
                        shop.pem: there is no certificate in it (-----BEGIN CERTIFICATE-----)
                        shop.key: there is no such file
                        ca.pem: it is not a regular file
                        huge.pem: it is larger than 1 MiB\
                        """);
    }

    @Test
    void a_refused_certificate_leaves_no_trace_of_its_key() throws Exception {
        given("EC");
        String secret = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg";
        write("shop.key", "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----");

        Stop stop = refusal(GIVEN);

        assertThat(stop.seen()).isEqualTo("shop.key: it holds a key that cannot be read");
        assertThat(stop).hasNoCause();
    }

    @Test
    void the_ca_of_an_existing_web_server_is_copied_without_its_key() throws Exception {
        Credential ca = credential("EC", 900);
        write("old-ca.pem", "# ours\n" + Pem.text(ca.chain()) + Pem.text(ca.key()));
        Site site = site(OWN, List.of(existing("old", "old-ca.pem")));

        assertThat(directory.ensure(site).changed()).endsWith("CA for web server old put in place");

        assertThat(directory.text("balancer/ca-old.pem")).isEqualTo(Pem.text(ca.chain()));
        assertThat(directory.mode("balancer/ca-old.pem")).isEqualTo("rw-r--r--");
        assertThat(directory.ensure(site).kept()).endsWith("CA for web server old kept");
        assertThat(directory.everything().keySet())
                .containsExactly(
                        "balancer/ca-old.pem",
                        "balancer/ca.pem",
                        "balancer/site.pem",
                        "ca.key",
                        "ca.pem");
    }

    private void expectRefused(String seen) {
        Stop stop = refusal(GIVEN);

        assertThat(stop.kind()).isEqualTo(Stop.Kind.SITE_FILE);
        assertThat(stop.seen()).isEqualTo(seen);
        assertThat(stop.state()).isEqualTo("nothing was changed");
    }

    private Stop refusal(Site site) {
        Stop stop = catchThrowableOfType(Stop.class, () -> directory.ensure(site));
        assertThat(directory.tls).doesNotExist();
        return stop;
    }

    /// A certificate of 90 days in shop.pem; its key is not written.
    private Credential given(String kind) throws Exception {
        Credential credential = credential(kind, 90);
        write("shop.pem", Pem.text(credential.chain()));
        return credential;
    }

    private void put(Credential credential) throws Exception {
        write("shop.pem", Pem.text(credential.chain()));
        write("shop.key", Pem.text(credential.key()));
    }

    /// Each number of days has a key of its own.
    private Credential credential(String kind, int days) throws Exception {
        KeyPair pair = KEYS.get(kind + days);
        if (pair == null) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (kind.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            pair = generator.generateKeyPair();
            KEYS.put(kind + days, pair);
        }
        X500Name name = new X500Name("CN=shop.example");
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(directory.now().minus(Duration.ofHours(1))),
                        Date.from(directory.now().plus(Duration.ofDays(days))),
                        name,
                        pair.getPublic());
        String algorithm =
                switch (kind) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> kind;
                };
        var signer = new JcaContentSignerBuilder(algorithm).build(pair.getPrivate());
        var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        return new Credential(pair.getPrivate(), List.of(certificate));
    }

    /// The key in the format of OpenSSL before version 3: PKCS#1, or SEC1 with the name of its
    /// curve.
    private static String traditional(PrivateKey key) throws Exception {
        if (key instanceof ECPrivateKey curved) {
            var curve = SECObjectIdentifiers.secp256r1;
            var sec1 = new org.bouncycastle.asn1.sec.ECPrivateKey(256, curved.getS(), curve);
            return pem(new PemObject("EC PRIVATE KEY", sec1.getEncoded()));
        }
        return pem(key);
    }

    private static String pem(Object object) throws Exception {
        StringWriter out = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(out)) {
            writer.writeObject(object);
        }
        return out.toString();
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(home.resolve(name), text);
    }
}
