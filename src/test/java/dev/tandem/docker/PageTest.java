package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Ip4;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a page says, and that what is no whole answer says nothing.
class PageTest {
    private static Optional<String> read(String answer, Duration limit) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (Socket client = server.accept()) {
                    client.getInputStream().read(new byte[1000]);
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                    if (answer.isEmpty()) {
                        client.getInputStream().read();
                    }
                } catch (IOException e) {
                    // Whoever asked has gone.
                    return;
                }
            });
            Ip4 here = Ip4.parse("127.0.0.1").orElseThrow();
            return new Page(here, server.getLocalPort(), "/x", limit).get();
        }
    }

    @Test
    void aWholeAnswerIsRead() throws IOException {
        String answer = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\na=\u00e4";
        assertThat(read(answer, Duration.ofSeconds(20))).contains("a=\u00e4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabc",
                "HTTP/1.1 503 No\r\ncontent-length: 3\r\n\r\nabc",
                "HTTP/1.1 401 No\r\ncontent-length: 3\r\n\r\nabc",
                "abc"
            })
    void whatIsNoneSaysNothing(String answer) throws IOException {
        assertThat(read(answer, Duration.ofSeconds(20))).isEmpty();
    }

    @Test
    void whoTakesTheQuestionAndIsSilentSaysNothing() throws IOException {
        assertThat(read("", Duration.ofMillis(50))).isEmpty();
    }
}
