package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whose machine is looked at, by how the engine is reached.
class WhereTest {
    @ParameterizedTest
    @CsvSource({
        "unix:///var/run/docker.sock, HERE",
        "unix:///run/docker.sock,     HERE",
        "unix:///tmp/tunnel.sock,     ELSEWHERE",
        "ssh://root@m1,               ELSEWHERE",
        "tcp://127.0.0.1:2376,        ELSEWHERE"
    })
    void anAddressDecides(String host, Where where) {
        assertThat(Where.of(Map.of("DOCKER_HOST", host), "")).isEqualTo(where);
    }

    @Test
    void withoutOneAContextDecidesAndWithoutThatItIsHere() {
        assertThat(Where.of(Map.of(), "")).isEqualTo(Where.HERE);
        assertThat(Where.of(Map.of("DOCKER_CONTEXT", "m1"), "")).isEqualTo(Where.ELSEWHERE);
        assertThat(Where.of(Map.of("DOCKER_CONTEXT", "default"), "")).isEqualTo(Where.HERE);
        assertThat(Where.of(Map.of(), "{\"currentContext\": \"m1\"}")).isEqualTo(Where.ELSEWHERE);
        String here = "{\n  \"auths\": {},\n  \"currentContext\": \"default\"\n}";
        assertThat(Where.of(Map.of(), here)).isEqualTo(Where.HERE);
    }
}
