package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.file.FakeSurroundings;
import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Site;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the verbs say of a site over several machines. No engine is asked.
class MachinesVerbsTest {
    private static final String FILE =
            """
            vip: {address: 192.168.0.150, interface: ens33}
            machines:
              m1: {ssh: root@192.168.0.11}
              m2: {ssh: "root@rack-2:2222", interface: eno1}
              m3: here
            balancers: {haproxy-a: , haproxy-b: }
            servers: {web-a: , web-b: , web-c: , web-d: {url: "http://10.0.0.7"}}
            """;

    private static Site site() {
        byte[] content = FILE.getBytes(StandardCharsets.UTF_8);
        Reading reading = SiteReader.read("tandem.yaml", content, new FakeSurroundings());
        return ((Reading.Good) reading).site();
    }

    @Test
    void validateShowsWhichNodeIsOnWhichMachineAndWhereItIsFound() {
        assertThat(MachinesText.of(site()))
                .contains(
                        """
                        MACHINE  REACHED BY              INTERFACE  NODE       ADDRESS
                        m1       ssh: root@192.168.0.11  ens33      haproxy-a  192.168.0.151
                                                                    web-a      192.168.0.161
                        m2       ssh: root@rack-2:2222   eno1       haproxy-b  192.168.0.152
                                                                    web-b      192.168.0.162
                        m3       here                    ens33      web-c      192.168.0.163\
                        """
                                .stripIndent());
    }

    @Test
    void aSiteWithoutMachinesSaysNothingOfThem() {
        String one = "vip: {address: 192.168.0.150}\nbalancers: {a: }\nservers: {b: }\n";
        byte[] content = one.getBytes(StandardCharsets.UTF_8);
        Reading reading = SiteReader.read("tandem.yaml", content, new FakeSurroundings());
        Site site = ((Reading.Good) reading).site();
        assertThat(MachinesText.of(site)).isEmpty();
        assertThat(ValidateJson.unjudged("tandem.yaml", site)).doesNotContain("machines");
    }

    @Test
    void forProgramsTheMachinesHaveTheirNodes() {
        assertThat(ValidateJson.unjudged("tandem.yaml", site()))
                .contains(
                        List.of(
                                """
                                  "machines" : [ {
                                    "name" : "m1",
                                    "reached_by" : "ssh: root@192.168.0.11",
                                    "interface" : "ens33",
                                    "nodes" : [ {
                                      "name" : "haproxy-a",
                                      "address" : "192.168.0.151"
                                    }, {
                                      "name" : "web-a",
                                      "address" : "192.168.0.161"
                                    } ]
                                  }, {
                                """));
    }
}
