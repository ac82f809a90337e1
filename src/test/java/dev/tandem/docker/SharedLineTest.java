package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Which sockets an ssh has says whose connection it goes through. The lines are those of OpenSSH
/// 9.2 on kernel 6.18.
class SharedLineTest {
    private static final List<String> UNIX =
            List.of(
                    "Num       RefCount Protocol Flags    Type St Inode Path",
                    "00000000aa: 00000003 00000000 00000000 0001 03 4711",
                    "00000000ab: 00000002 00000000 00010000 0001 01 4712 /tmp/tandem1/s",
                    "00000000ac: 00000003 00000000 00000000 0001 03  4713 ");

    @Test
    void oneThatSharesHasOnlyTheSocketToWhoHasTheConnection() {
        assertThat(uses("pipe:[1]", "pipe:[2]", "pipe:[3]", "socket:[4711]")).isTrue();
        assertThat(uses("/dev/null", "socket:[4713]")).isTrue();
    }

    @Test
    void oneWithASocketToTheMachineHasItsOwn() {
        assertThat(uses("pipe:[1]", "socket:[9000]")).isFalse();
        assertThat(uses("pipe:[1]", "socket:[4711]", "socket:[9000]")).isFalse();
    }

    @Test
    void oneThatListensForUsHasItsOwnAlsoBehindAProxyCommand() {
        assertThat(uses("pipe:[1]", "socket:[4712]")).isFalse();
        assertThat(uses("pipe:[1]", "pipe:[4]", "socket:[4711]", "socket:[4712]")).isFalse();
    }

    @Test
    void oneThatHasNotConnectedYetSharesNothingSoFar() {
        assertThat(uses("pipe:[1]", "pipe:[2]")).isFalse();
    }

    @Test
    void aProcessThatIsGoneSharesNothing() {
        assertThat(SharedLine.uses(Long.MAX_VALUE)).isFalse();
    }

    private static boolean uses(String... files) {
        return SharedLine.uses(List.of(files), UNIX);
    }
}
