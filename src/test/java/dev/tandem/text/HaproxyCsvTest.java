package dev.tandem.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What HAProxy reports about its servers; nothing is made up where it reports nothing.
class HaproxyCsvTest {
    private static final String CSV =
            """

            # pxname,svname,qcur,scur,
            web,web-a,0,2,
            web,web-b,0,7,
            web-tls,web-a,0,3,
            """;

    @Test
    void theNumbersOfAllBackendsAreAddedUp() {
        assertThat(HaproxyCsv.parse(CSV).ofServers(Set.of("web-a"), "scur")).hasValue(5);
    }

    @Test
    void aServerInNoBackendHasNoNumber() {
        assertThat(HaproxyCsv.parse(CSV).ofServers(Set.of("web-c"), "scur")).hasValue(0);
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
    void anUnreadableNumberIsUnknownAndNotZero(String csv) {
        assertThat(HaproxyCsv.parse(csv).ofServers(Set.of("web-a"), "scur")).isEmpty();
    }
}
