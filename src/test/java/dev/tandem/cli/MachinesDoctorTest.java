package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Unreachable.Why;
import dev.tandem.doctor.Diagnosis;
import dev.tandem.doctor.MachinesCase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What `doctor` prints of a site on two machines.
class MachinesDoctorTest {
    private static Diagnosis diagnosis(MachinesCase one) {
        return Diagnosis.of(one.facts(), Optional.empty());
    }

    @Test
    void eachFindingSaysOfWhichMachineItIs() {
        Diagnosis one =
                diagnosis(
                        new MachinesCase()
                                .silent("m1", Why.OFF, "it is off", "ping -c 3 192.168.0.11"));
        assertThat(DoctorText.of(one))
                .startsWith("site tandem, on m1, m2\n")
                .contains(
                        """
                        ILL      m1: silent
                                 seen:   it is off
                                 why:    whether haproxy-a and web-a serve is unknown, and nothing can be changed there
                                 cure:   ping -c 3 192.168.0.11
                        """)
                .contains("m2: Docker engine ");
    }

    @Test
    void forProgramsToo() {
        Diagnosis one = diagnosis(new MachinesCase().ahead("m2", Duration.ofSeconds(5)));
        assertThat(DoctorJson.of(one))
                .contains(
                        """
                            "severity" : "risk",
                            "machine" : "m2",
                            "about" : "clocks",
                            "seen" : "it is 5.0 s ahead of this machine's,\
                        """)
                .contains(
                        """
                            "severity" : "well",
                            "about" : "same images",
                        """);
    }
}
