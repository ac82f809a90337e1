package dev.tandem.load.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// What the server of a WebSocket sends, in pieces of any size.
class FramesTest {
    private static final String TEXT = "810568656c6c6f";
    private static final String LONG = "827e0100" + "61".repeat(256);
    private static final String LONGER = "827f0000000000010000" + "61".repeat(65536);
    private static final String PONG = "8a00";
    private static final String CLOSE = "880203e8";

    private static Frames read(String hex, int piece) throws NotHttp {
        byte[] bytes = HexFormat.of().parseHex(hex);
        Frames frames = new Frames();
        for (int at = 0; at < bytes.length; at += piece) {
            frames.read(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
        }
        return frames;
    }

    @Test
    void aPongIsFoundBetweenData() throws NotHttp {
        for (int piece : new int[] {1, 3, 100_000}) {
            assertThat(read(TEXT + LONG + LONGER, piece).ponged()).isFalse();
            assertThat(read(TEXT + LONG + LONGER + PONG + TEXT, piece).ponged()).isTrue();
        }
    }

    @Test
    void theEndIsFound() throws NotHttp {
        assertThat(read(TEXT + PONG, 1).closed()).isFalse();
        assertThat(read(TEXT + CLOSE, 1).closed()).isTrue();
    }

    @Test
    void whatIsMaskedIsNoServers() {
        assertThatThrownBy(() -> read("8a80746e646d", 1)).isInstanceOf(NotHttp.class);
    }

    @Test
    void aPingIsMaskedAndEmpty() {
        assertThat(HexFormat.of().formatHex(Frames.ping())).isEqualTo("8980746e646d");
    }
}
