package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What is answered to a CA, once the site has another account there.
class AcmeChallengeTest {
    private static final String LINE =
            "    http-request return status 200 content-type text/plain lf-string"
                    + " \"%%[path,field(-1,/)].%s\" if { path_reg x }%n";

    @Test
    void another_account_takes_the_place_of_the_one_before() {
        String old = "a".repeat(43);
        String other = "$1-_" + "b".repeat(39);

        assertThat(AcmeChallenge.of("x\n" + LINE.formatted(old) + "y\n", other))
                .isEqualTo("x\n" + LINE.formatted(other) + "y\n");
        assertThat(AcmeChallenge.of("no answer to a CA\n", other)).isEqualTo("no answer to a CA\n");
    }
}
