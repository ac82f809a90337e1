package dev.tandem.change.carry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What HAProxy's own counts say of one server.
class StatisticsTest {
    private static final String CSV =
            """

            # pxname,svname,qcur,scur,
            web,web-a,0,2,
            web,web-b,0,7,
            web-tls,web-a,0,3,
            """;

    @Test
    void theNumbersOfAllBackendsAreAddedUp() {
        assertThat(Statistics.parse(CSV).ofServer("web-a", "scur")).hasValue(5);
    }

    @Test
    void aServerThatNoBackendHasHasNone() {
        assertThat(Statistics.parse(CSV).ofServer("web-c", "scur")).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Permission denied\n",
                "# pxname,svname,qcur\nweb,web-a,0\n",
                "# pxname,scur\nweb,0\n",
                "# pxname,svname,scur\nweb,web-a,\n",
                "# pxname,svname,scur\nweb,web-a,-\n",
                "# pxname,svname,scur\nweb,web-a\n",
                "# pxname,svname,scur\nweb,web-a,0\nweb-tls,web-a,?\n"
            })
    void whatCannotBeReadIsUnknownAndNotNone(String csv) {
        assertThat(Statistics.parse(csv).ofServer("web-a", "scur")).isEmpty();
    }
}
