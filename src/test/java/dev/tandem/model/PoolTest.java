package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Backend.Balance;
import dev.tandem.model.Server.Scheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What HAProxy calls the backends of a pool.
class PoolTest {
    private static final Backend SETTINGS = new Backend(Balance.ROUNDROBIN, 2, "/");
    private static final Pool WEB = pool("web");
    private static final Pool API = pool("api");

    private static Pool pool(String name) {
        return new Pool(
                name,
                List.of(new Server.Existing(name + "-1", Scheme.HTTP, "h", 80, Optional.empty())),
                SETTINGS,
                Patience.of(Timing.DEFAULT, List.of()));
    }

    private static List<String> names(Pool pool) {
        return pool.backends().stream().map(HaproxyBackend::name).toList();
    }

    /// Existing sites have these names in their files.
    @Test
    void the_unnamed_pool_has_the_plain_names() {
        assertThat(names(WEB)).containsExactly("web", "web-tls", "last-resort", "last-resort-tls");
        assertThat(WEB.retryTable()).isEqualTo("retries");
    }

    @Test
    void another_pool_has_its_name_in_each_backend() {
        assertThat(names(API))
                .containsExactly("api", "api-tls", "last-resort-api", "last-resort-api-tls");
        assertThat(API.retryTable()).isEqualTo("retries-api");
    }

    @Test
    void a_request_goes_to_the_backend_of_its_scheme() {
        assertThat(API.checked(Scheme.HTTP).name()).isEqualTo("api");
        assertThat(API.checked(Scheme.HTTPS).name()).isEqualTo("api-tls");
        assertThat(API.lastResort(Scheme.HTTP).name()).isEqualTo("last-resort-api");
        assertThat(API.backends())
                .filteredOn(HaproxyBackend::isChecked)
                .containsExactly(API.checked(Scheme.HTTP), API.checked(Scheme.HTTPS));
    }

    @Test
    void a_pool_knows_its_servers() {
        assertThat(API.has("api-1")).isTrue();
        assertThat(API.has("web-1")).isFalse();
    }

    /// The init and its programs know only a prefix: at a reload they tell HAProxy which web
    /// servers were up, except for backends in which all are.
    @Test
    void the_programs_of_a_balancer_recognise_unchecked_backends_by_their_prefix()
            throws IOException {
        Pattern name = Pattern.compile("\\^?\\b(last-resort|web-tls)[\\w-]*");
        Path images = Path.of(System.getProperty("tandem.home", "."), "images");
        try (Stream<Path> files = Files.walk(images)) {
            List<String> known =
                    files.filter(Files::isRegularFile)
                            .flatMap(file -> code(file).results(name))
                            .distinct()
                            .toList();
            assertThat(known).containsExactly("^" + HaproxyBackend.LAST_RESORT);
        }
        assertThat(Stream.of(WEB, API).flatMap(pool -> pool.backends().stream()))
                .allSatisfy(backend ->
                        assertThat(backend.name().startsWith(HaproxyBackend.LAST_RESORT))
                                .isEqualTo(!backend.isChecked()));
    }

    /// A program without its comments.
    private record Code(String text) {
        Stream<String> results(Pattern pattern) {
            return pattern.matcher(text).results().map(MatchResult::group);
        }
    }

    private static Code code(Path file) {
        try {
            return new Code(Files.readString(file).replaceAll("(?m)^\\s*#.*$|\\s# .*$", ""));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
