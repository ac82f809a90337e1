package dev.tandem.change.carry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Frontend;
import dev.tandem.model.Server.Scheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How many requests failed, out of what HAProxy counts.
class FailedShareTest {
    private static final List<Frontend> FRONTENDS =
            List.of(new Frontend(Scheme.HTTP, 80), new Frontend(Scheme.HTTPS, 443));
    private static final String CSV =
            """
            # pxname,svname,scur,hrsp_5xx,req_tot,
            http,FRONTEND,1,3,400,
            https,FRONTEND,0,1,100,
            health,FRONTEND,0,50,900,
            """;

    @Test
    void onlyTheFrontendsOfClientsCount() {
        assertThat(FailedShare.parse(CSV, FRONTENDS)).hasValue(new FailedShare(500, 4));
    }

    @Test
    void whatStandsBeforeTheTableIsPassedOver() {
        assertThat(FailedShare.parse("\n> show stat -1 1 -1\n" + CSV, FRONTENDS))
                .hasValue(new FailedShare(500, 4));
    }

    @Test
    void nothingIsACountToo() {
        String none =
                "# pxname,svname,hrsp_5xx,req_tot,\nhttp,FRONTEND,0,0,\nhttps,FRONTEND,0,0,\n";
        assertThat(FailedShare.parse(none, FRONTENDS)).hasValue(new FailedShare(0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Permission denied\n",
                "# pxname,svname\nhttp,FRONTEND\nhttps,FRONTEND\n",
                "# pxname,svname,hrsp_5xx,req_tot\n",
                "# pxname,svname,hrsp_5xx\nhttp,FRONTEND,1\nhttps,FRONTEND,1\n",
                "# pxname,svname,req_tot\nhttp,FRONTEND,1\nhttps,FRONTEND,1\n",
                "# pxname,req_tot,hrsp_5xx\nhttp,,\nhttps,,\n",
                "# pxname,req_tot,hrsp_5xx\nhttp,1,-\nhttps,1,0\n",
                "# pxname,req_tot,hrsp_5xx\nhttp,99999999999999999999,0\nhttps,1,0\n",
                "# pxname,svname,hrsp_5xx,req_tot\nhttp,FRONTEND,3,400\n",
                "# pxname,svname,hrsp_5xx,req_tot\nhttp,FRONTEND,3,400\nhttps\n"
            })
    void whatCannotBeReadIsUnknown(String csv) {
        assertThat(FailedShare.parse(csv, FRONTENDS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, false",
        "100, 0, 0, false",
        "100, 4, 0, false",
        "100, 5, 0, true",
        "100, 1, 1, false",
        "100, 6, 1, true",
        "1000, 11, 1, true",
        "1, 1, 100, false"
    })
    void moreThanIsAllowedIsTooMuch(long requests, long failed, double allowed, boolean tooMuch) {
        assertThat(new FailedShare(requests, failed).exceeds(allowed)).isEqualTo(tooMuch);
    }

    @Test
    void onlyWhatCameSinceALookIsCounted() {
        FailedShare since = new FailedShare(150, 30).since(new FailedShare(100, 30));
        assertThat(since).isEqualTo(new FailedShare(50, 0));
        assertThat(since.exceeds(0)).isFalse();
    }

    /// A reload begins to count at 0: what came since is less than nothing, and no failure.
    @Test
    void countersThatStartedAgainAreNoFailure() {
        assertThat(new FailedShare(3, 0).since(new FailedShare(500, 4)).exceeds(1)).isFalse();
    }

    @Test
    void thePercentageOfNothingIsNone() {
        assertThat(new FailedShare(0, 0).percent()).isZero();
        assertThat(new FailedShare(200, 3).percent()).isEqualTo(1.5);
    }
}
