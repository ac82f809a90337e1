package dev.tandem.load.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The response parser: complete responses in any pieces, and the refusal of everything else.
class ResponseParserTest {
    private static final String SIZED =
            "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\nX-Served-By: web-a\r\n"
                    + "x-balancer:\thaproxy-a \r\n\r\nhello";
    private static final String CHUNKED =
            String.join(
                    "\r\n",
                    "HTTP/1.1 100 Continue",
                    "",
                    "HTTP/1.1 200 OK",
                    "Transfer-Encoding: Chunked",
                    "",
                    "2",
                    "he",
                    "003 ;a=b",
                    "llo",
                    "0",
                    "X-Trailer: 1",
                    "",
                    "");
    private static final String TO_THE_END = "HTTP/1.0 200\r\n\r\nhello";

    @Test
    void a_response_parses_the_same_whole_and_byte_by_byte() throws NotHttp {
        for (String text : List.of(SIZED, CHUNKED, TO_THE_END)) {
            ResponseParser whole = new ResponseParser();
            whole.read(bytes(text));
            ResponseParser pieces = new ResponseParser();
            for (byte one : text.getBytes(StandardCharsets.ISO_8859_1)) {
                assertThat(pieces.complete()).isFalse();
                pieces.read(ByteBuffer.wrap(new byte[] {one}));
            }
            for (ResponseParser parser : List.of(whole, pieces)) {
                assertThat(parser.end()).isTrue();
                assertThat(parser.head().status()).isEqualTo(200);
                assertThat(parser.bytes()).isEqualTo(5);
                assertThat(parser.crc()).isEqualTo(crc("hello"));
            }
        }
    }

    @Test
    void the_names_of_server_and_balancer_are_read() throws NotHttp {
        ResponseHead head = read(SIZED).head();

        assertThat(head.server()).isEqualTo("web-a");
        assertThat(head.balancer()).isEqualTo("haproxy-a");
        assertThat(
                        read("HTTP/1.1 200 OK\r\nX-Served-By: a\tb\u00e9"
                                        + "c".repeat(100)
                                        + "\r\n")
                                .head()
                                .server())
                .isEqualTo("a?b?" + "c".repeat(60));
    }

    @Test
    void a_connection_stays_open_only_if_both_sides_know_the_length() throws NotHttp {
        assertThat(read(SIZED).head().keepsAlive()).isTrue();
        assertThat(read(CHUNKED).head().keepsAlive()).isTrue();
        assertThat(read("HTTP/1.1 200 OK\r\n\r\n").head().keepsAlive()).isFalse();
        assertThat(read("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n").head().keepsAlive())
                .isFalse();
        assertThat(read(withField("Connection: Keep, CLOSE")).head().keepsAlive()).isFalse();
    }

    @Test
    void bytes_after_the_end_are_left() throws NotHttp {
        ByteBuffer in = bytes(SIZED + "more");
        new ResponseParser().read(in);

        assertThat(in.remaining()).isEqualTo(4);
    }

    @Test
    void a_response_without_a_body_ends_with_its_head() throws NotHttp {
        assertThat(read("HTTP/1.1 204 No Content\r\n\r\n").complete()).isTrue();
        assertThat(read("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n").complete())
                .isTrue();
        assertThat(read(withField("Content-Length: 0")).complete()).isTrue();
    }

    @Test
    void a_truncated_response_is_noticed_wherever_it_ends() throws NotHttp {
        for (String text : List.of(SIZED, CHUNKED)) {
            for (int length = 0; length < text.length(); length++) {
                assertThat(read(text.substring(0, length)).end()).as(text).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n",
                "\r\n",
                "HTTP/2 200 OK\r\n",
                "HTTP/1.1 20 OK\r\n",
                "HTTP/1.1 200OK\r\n",
                "HTTP/1.1  200 OK\r\n",
                "HTTP/1.1 600 OK\r\n",
                "HTTP/1.1 200 OK\n",
                "HTTP/1.1 200 OK\rX",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n",
                "HTTP/1.1 200 OK\r\n: no name\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n",
                "HTTP/1.1 200 OK\r\nA: b\u0000c\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nbad trailer\r\n"
            })
    void anything_but_a_response_is_refused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(NotHttp.class);
    }

    @Test
    void a_head_without_an_end_is_refused() {
        assertThatThrownBy(() -> read(withField("X: " + "y".repeat(40_000))))
                .isInstanceOf(NotHttp.class);
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(8_000)))
                .isInstanceOf(NotHttp.class);
        assertThatThrownBy(() -> read("HTTP/1.1 100 Continue\r\n\r\n".repeat(8_000)))
                .isInstanceOf(NotHttp.class);
        assertThatThrownBy(() ->
                        read(withField("Transfer-Encoding: chunked") + "1;" + "x".repeat(300)))
                .isInstanceOf(NotHttp.class);
    }

    @Test
    void damaged_responses_are_treated_the_same_whole_and_in_pieces() {
        Random random = new Random(20_251_122);
        for (int round = 0; round < 6_000; round++) {
            byte[] text = spoil(List.of(SIZED, CHUNKED, TO_THE_END).get(round % 3), random);
            assertThat(pieces(text, text.length))
                    .isEqualTo(pieces(text, 1))
                    .isEqualTo(pieces(text, 1 + random.nextInt(7)));
        }
    }

    private static byte[] spoil(String text, Random random) {
        StringBuilder spoilt = new StringBuilder(text);
        for (int times = random.nextInt(4); times >= 0; times--) {
            int at = random.nextInt(spoilt.length());
            switch (random.nextInt(3)) {
                case 0 -> spoilt.setCharAt(at, (char) random.nextInt(256));
                case 1 -> spoilt.deleteCharAt(at);
                default -> spoilt.insert(at, "\r\n0123456789;:, x".charAt(random.nextInt(17)));
            }
        }
        return spoilt.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The result of a parser that gets the bytes in pieces of this size.
    private static String pieces(byte[] text, int size) {
        ResponseParser parser = new ResponseParser();
        try {
            for (int from = 0; from < text.length && !parser.complete(); from += size) {
                parser.read(ByteBuffer.wrap(text, from, Math.min(size, text.length - from)));
            }
        } catch (NotHttp e) {
            return String.valueOf(e.getMessage());
        }
        return "%s %d %d %x"
                .formatted(parser.end(), parser.head().status(), parser.bytes(), parser.crc());
    }

    private static String withField(String field) {
        return "HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n";
    }

    private static ResponseParser read(String text) throws NotHttp {
        ResponseParser parser = new ResponseParser();
        parser.read(bytes(text));
        return parser;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static long crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return crc.getValue();
    }
}
