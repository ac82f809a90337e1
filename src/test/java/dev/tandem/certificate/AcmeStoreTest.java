package dev.tandem.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Acme;
import dev.tandem.model.Renewal;
import dev.tandem.model.Renewal.Failure;
import dev.tandem.model.Renewal.Held;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.model.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a site has of a CA, and which certificate clients see because of it.
class AcmeStoreTest {
    private static final Instant AT = Instant.parse("2027-03-01T12:00:00Z");
    private static final Acme ACME =
            new Acme(
                    Optional.empty(),
                    Acme.STAGING,
                    List.of("www.example.org"),
                    Optional.empty(),
                    Optional.empty());

    @TempDir private Path home;
    private TlsDirectory directory;
    private AcmeStore store;

    @BeforeEach
    void before() {
        directory = new TlsDirectory(home);
        store = new AcmeStore(home.resolve("site/.acme"));
    }

    private Site site() {
        Tls tls = new Tls(ACME.names(), Optional.empty(), Optional.of(ACME));
        return TlsDirectory.site(tls, TlsDirectory.SERVERS);
    }

    private Certificates certificates() {
        return new Certificates(
                directory.tls,
                directory::now,
                new SecureRandom(),
                home::resolve,
                Optional.of(store));
    }

    /// A certificate of another CA.
    private Credential given(String name, Duration life) {
        Issuer issuer = new Issuer(directory::now, new SecureRandom());
        Credential authority = issuer.authority("Another CA", new Scope(List.of(name), List.of()));
        return issuer.server(authority, new Issuer.Wanted(name, List.of(name), List.of()), life);
    }

    private void keep(Credential credential) {
        store.keep(credential.key(), credential.chain(), Renewal.NONE);
    }

    @Test
    void the_sites_own_certificate_serves_until_there_is_another_one() {
        certificates().ensure(site());
        String own = directory.text("balancer/site.pem");
        keep(given("www.example.org", Duration.ofDays(90)));
        List<String> changed = certificates().ensure(site()).changed();

        assertThat(directory.text("balancer/site.pem")).isNotEqualTo(own);
        assertThat(changed).singleElement().asString().startsWith("certificate of tls.acme put");
        assertThat(certificates().ensure(site()).changed()).isEmpty();
    }

    @Test
    void one_that_has_expired_does_not_serve() {
        keep(given("www.example.org", Duration.ofDays(90)));
        directory.pass(Duration.ofDays(91));
        certificates().ensure(site());
        assertThat(certificates().siteCertificate().orElseThrow().getIssuerX500Principal())
                .hasToString("CN=Tandem CA of tandem");
    }

    @Test
    void a_site_without_a_ca_takes_nothing_of_it() {
        keep(given("www.example.org", Duration.ofDays(90)));
        directory.ensure();

        assertThat(certificates().challenge(TlsDirectory.site(TlsDirectory.OWN, List.of())))
                .isEmpty();
        assertThat(directory.text("balancer/site.pem")).isNotEqualTo(chain());
    }

    private String chain() {
        return read("certificate.pem");
    }

    private String read(String name) {
        try {
            return Files.readString(home.resolve("site/.acme").resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void only_the_owner_reads_it_and_the_directory_is_closed() throws IOException {
        certificates().keepAccount(site());
        keep(given("www.example.org", Duration.ofDays(90)));
        store.noteBrought();

        Path directory = home.resolve("site/.acme");
        assertThat(mode(directory)).isEqualTo("rwx------");
        try (var all = Files.list(directory)) {
            assertThat(all.toList())
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The example of RFC 7638 is RSA; this one is computed from the file, and by the CA in the
    /// scenario.
    @Test
    void the_key_of_the_account_is_read_again_and_its_thumbprint_is_that_of_its_public_half()
            throws Exception {
        certificates().keepAccount(site());
        String said = certificates().challenge(site()).orElseThrow();
        KeyPair pair = store.account();

        assertThat(AccountKey.thumbprint((ECPublicKey) pair.getPublic())).isEqualTo(said);
        certificates().keepAccount(site());
        assertThat(certificates().challenge(site())).contains(said);
        store.newAccount(new SecureRandom());
        assertThat(certificates().challenge(site()).orElseThrow()).hasSize(43).isNotEqualTo(said);
    }

    @Test
    void a_plan_that_is_only_shown_makes_no_account() {
        assertThat(certificates().challenge(site())).isPresent();
        assertThat(home.resolve("site/.acme/account.key")).doesNotExist();
    }

    @Test
    void how_it_stands_is_kept_word_by_word() {
        Held held =
                new Held(
                        "https://ca.example.org/dir",
                        List.of("a.org", "*.b.org"),
                        AT,
                        AT.plusSeconds(9),
                        AT.plusSeconds(6));
        Failure failure = new Failure("url a.org", 3, AT, "it said: no; why", AT.plusSeconds(1));
        Renewal renewal = new Renewal(Optional.of(held), Optional.of(failure));
        store.note(renewal);

        assertThat(store.renewal()).isEqualTo(renewal);
        store.note(Renewal.NONE);
        assertThat(store.renewal()).isEqualTo(Renewal.NONE);
        assertThat(RenewalText.parse("due yesterday\nfailed often\n")).isEqualTo(Renewal.NONE);
    }

    @Test
    void what_is_brought_is_known_until_there_is_something_else() {
        keep(given("www.example.org", Duration.ofDays(90)));
        assertThat(store.isBrought()).isFalse();
        store.noteBrought();
        assertThat(store.isBrought()).isTrue();
        keep(given("www.example.org", Duration.ofDays(90)));
        assertThat(store.isBrought()).isFalse();
    }

    /// The lock is the process's: a second one in the same would be refused by Java itself.
    @Test
    void a_directory_that_cannot_be_written_is_said() throws IOException {
        Path file = home.resolve("file");
        Files.createFile(file);

        assertThatThrownBy(() -> new AcmeStore(file.resolve(".acme")).alone())
                .isInstanceOf(Stop.class);
    }
}
