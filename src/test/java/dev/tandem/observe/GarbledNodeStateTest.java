package dev.tandem.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Statistics that HAProxy would not write: they cause no exception, and no server is made up.
class GarbledNodeStateTest {
    @Test
    void arbitraryCharactersNeverThrow() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder(NodeStateTest.MASTER);
            for (int change = 0; change < 5; change++) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x2030));
            }
            String garbled = text.toString();
            assertThatCode(() -> NodeStateTest.parsed(garbled))
                    .as("round %s:\n%s", round, garbled)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# pxname\nweb,web-a\nweb\n",
                "# pxname,svname,status\nweb,web-a,UP\n",
                "# pxname,svname,check_status,check_code\nweb,web-a,L7OK,200\n",
                "# pxname,svname,status,check_code,check_status\nweb,web-a,UP,200\n",
                "# pxname,status,check_status,check_code\nweb,UP,L7OK,200\n",
                "# pxname,svname,status,check_status,check_code\nweb\n\n,,,,\n"
            })
    void statisticsWithoutARequiredColumnNameNoServer(String statistics) {
        assertThat(NodeStateTest.answered("vrrp=MASTER\n\n" + statistics).servers()).isEmpty();
    }
}
