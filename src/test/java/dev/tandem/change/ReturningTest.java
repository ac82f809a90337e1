package dev.tandem.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Stop;
import dev.tandem.render.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A certificate that was replaced, perhaps because its key was stolen, does not come back by a
/// rollback unless somebody says so; and what is kept of the past can be removed.
class ReturningTest {
    private static final String SITE = Layout.Tls.path(Layout.Tls.SITE);

    @TempDir private Path base;
    private FakeSite site;
    private String stolen;

    @BeforeEach
    void itsKeyWasStolenAndReplaced() throws IOException {
        site = FakeSite.in(base).up();
        stolen = site.directory().read(SITE);
        Files.delete(site.directory().root().resolve(SITE));
        site.edit("balance: roundrobin", "balance: leastconn");
        site.apply();
        assertThat(site.directory().read(SITE)).isNotEqualTo(stolen).isNotEmpty();
    }

    @Test
    void todaysCertificatesStay() {
        String today = site.directory().read(SITE);
        site.rollback(Returning.STAY);
        assertThat(site.applied()).contains("balance: roundrobin");
        assertThat(site.directory().read(SITE)).isEqualTo(today);
        site.text(site.applied());
        assertThat(site.plan().plan().isEmpty()).isTrue();
    }

    private void getsAName() {
        site.edit("backend:", "tls: {names: [www.example]}\nbackend:");
        site.apply();
    }

    @Test
    void thoseOfThatTimeReturnWhenAskedForAndAreNamed() {
        String before = site.directory().read(SITE);
        getsAName();
        site.rollback(Returning.RETURN);
        assertThat(site.directory().read(SITE)).isEqualTo(before);
        assertThat(site.said())
                .anyMatch(line ->
                        line.matches(
                                "clients will see again: the certificate of .* for CN=.*, SHA-256"
                                        + " [0-9a-f]{64}"));
    }

    /// It comes from no kept state, but from a file of the user's that the state names.
    @Test
    void oneThatOnlyTheSiteFileLeadsToIsRefusedUntilItIsAskedFor() throws IOException {
        Files.writeString(base.resolve("old.pem"), stolen);
        Files.writeString(base.resolve("new.pem"), site.directory().read(SITE));
        site.edit("backend:", "tls: {certificate: ./old.pem, key: ./old.pem}\nbackend:");
        site.apply();
        assertThat(site.directory().read(SITE)).isEqualTo(stolen);
        site.edit("./old.pem, key: ./old.pem", "./new.pem, key: ./new.pem");
        site.apply();
        String today = site.directory().read(SITE);
        assertThat(today).isNotEqualTo(stolen);
        String applied = site.applied();

        assertThatThrownBy(() -> site.rollback(Returning.STAY))
                .isInstanceOf(Stop.class)
                .hasMessage("clients would see a certificate again that was replaced since")
                .extracting(stop -> ((Stop) stop).next())
                .asString()
                .contains("tandem rollback --certificates");
        assertThat(site.directory().read(SITE)).isEqualTo(today);
        assertThat(site.applied()).isEqualTo(applied);
        assertThat(site.unserved()).isEmpty();

        site.rollback(Returning.RETURN);
        assertThat(site.directory().read(SITE)).isEqualTo(stolen);
    }

    /// One that fits no more is made from scratch, with a key of its own.
    @Test
    void whatDoesNotFitThePastIsMadeFromScratch() {
        String before = site.directory().read(SITE);
        getsAName();
        String today = site.directory().read(SITE);
        assertThat(site.rollback(Returning.STAY).certificates())
                .anyMatch(line -> line.contains("its names or addresses were different"));
        assertThat(site.directory().read(SITE)).isNotIn(before, today, stolen);
    }

    @Test
    void statesOfThePastAreRemovedWithTheirKeysAndTheirJournalsStay() throws IOException {
        assertThat(kept()).containsExactly("2");
        assertThat(site.purge(2)).isZero();
        assertThat(site.purge(3)).isEqualTo(1);
        assertThat(kept()).isEmpty();
        try (Stream<Path> all = Files.walk(site.directory().root().resolve(Layout.HISTORY))) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .contains(Layout.JOURNAL)
                    .doesNotContain(Layout.Tls.SITE_FILE, Layout.Tls.AUTHORITY_KEY);
        }
        assertThatThrownBy(() -> site.rollback(Returning.RETURN))
                .isInstanceOf(Stop.class)
                .hasMessage("there is no change to take back");
    }

    private List<String> kept() throws IOException {
        Path history = site.directory().root().resolve(Layout.HISTORY);
        try (Stream<Path> all = Files.list(history)) {
            return all.filter(path ->
                            Files.exists(path.resolve(Layout.BEFORE).resolve(Layout.COMPOSE)))
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }
}
