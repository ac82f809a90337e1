package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Unreachable.Why;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What OpenSSH 9.2 said on the farm when it could not get through, and what is made of it.
class SshWordsTest {
    private static final Remote M2 = new Remote("m2", "root@192.168.0.12");

    private static final String CHANGED =
            """
            @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
            @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
            @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
            IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
            Someone could be eavesdropping on you right now (man-in-the-middle attack)!
            It is also possible that a host key has just been changed.
            The fingerprint for the ED25519 key sent by the remote host is
            SHA256:hHVeYMH2wbGmAti27tzWn0R847JgTcFfpIXhUkosuVE.
            Please contact your system administrator.
            Add correct host key in known_hosts to get rid of this message.
            Offending ED25519 key in known_hosts:1
              remove with:
              ssh-keygen -f "known_hosts" -R "192.168.0.12"
            Host key for 192.168.0.12 has changed and you have requested strict checking.
            Host key verification failed.
            """;

    private static final String UNKNOWN =
            """
            No ED25519 host key is known for 192.168.0.12 and you have requested strict checking.
            Host key verification failed.
            """;

    private static final String NEIGHBOURS =
            """
            IP address       HW type     Flags       HW address            Mask     Device
            192.168.0.12     0x1         0x0         00:00:00:00:00:00     *        br-lan
            192.168.0.11     0x1         0x2         02:4d:c0:a8:00:0b     *        br-lan
            """;

    private static Why why(String said) {
        return SshWords.read(M2, said, "").why();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REFUSED      | ssh: connect to host 192.168.0.12 port 22: Connection refused",
                "SILENT       | ssh: connect to host 192.168.0.12 port 22: Connection timed out",
                "SILENT       | Connection timed out during banner exchange",
                "NO_WAY       | ssh: connect to host 10.9.9.9 port 22: No route to host",
                "NO_WAY       | ssh: connect to host 10.9.9.9 port 22: Network is unreachable",
                "NO_SUCH_NAME | ssh: Could not resolve hostname m9: Temporary failure in name"
                        + " resolution",
                "DENIED       | root@192.168.0.12: Permission denied (publickey,password).",
                "CUT          | Timeout, server 192.168.0.12 not responding.",
                "OTHER        | unix_listener: path too long"
            })
    void eachFailureIsTold(Why why, String said) {
        assertThat(why(said + "\n")).isEqualTo(why);
    }

    @Test
    void whatIsSaidOfAHostKeyComesFirst() {
        assertThat(why(CHANGED)).isEqualTo(Why.HOST_KEY_CHANGED);
        assertThat(why(UNKNOWN)).isEqualTo(Why.HOST_KEY_UNKNOWN);
    }

    @Test
    void anAddressThatNobodyOnTheLanHasIsAMachineThatIsOff() {
        String said = "ssh: connect to host %s port 22: Connection timed out\n";
        Unreachable off = SshWords.read(M2, said.formatted("192.168.0.12"), NEIGHBOURS);
        assertThat(off.why()).isEqualTo(Why.OFF);
        Remote m1 = new Remote("m1", "root@192.168.0.11");
        Unreachable silent = SshWords.read(m1, said.formatted("192.168.0.11"), NEIGHBOURS);
        assertThat(silent.why()).isEqualTo(Why.SILENT);
    }

    @Test
    void everyReasonNamesTheMachineAndTheNextCommand() {
        for (Why why : Why.values()) {
            Unreachable one = SshWords.of(M2, why, "");
            assertThat(one.toString()).startsWith("m2: ").contains("; next: ");
            assertThat(one.next()).isNotBlank();
            assertThat(one.stop()).hasMessage("the engine of m2 cannot be reached");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "root@192.168.0.12,   192.168.0.12",
        "ssh://root@m2:2222,  m2",
        "ssh://m2,            m2",
        "m2,                  m2"
    })
    void theHostIsFoundInWhatSshTakes(String ssh, String host) {
        assertThat(SshWords.host(new Remote("m2", ssh))).isEqualTo(host);
    }
}
