package dev.tandem.scenario;

import dev.tandem.report.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page of a site, open in a real browser while things happen. It notes by its own clock, which
/// is this machine's, when who holds the VIP or the first line of its verdict has changed; what it
/// draws is asked of it over the protocol of its developer tools.
final class LivePage implements AutoCloseable {
    private static final String NOTES =
            """
            window.noted = [];
            const look = () => {
              const text = ['.vip p:last-child', '#verdict p']
                .map((one) => document.querySelector(one)?.textContent ?? '').join(' | ');
              if (noted.at(-1)?.[1] !== text) noted.push([Date.now(), text]);
            };
            setInterval(look, 20);
            'looks'
            """;

    private static final Pattern VALUE = Pattern.compile("\"value\":\"([^\"]*)\"");
    private static final Pattern SOCKET =
            Pattern.compile("\"webSocketDebuggerUrl\": *\"(ws://[^\"]+/page/[^\"]+)\"");

    private final Process process;
    private final HttpClient client;
    private final String base;

    /// What stood there from some time on.
    ///
    /// @param at milliseconds since 1970
    /// @param text who holds the VIP, and the first line
    record Noted(long at, String text) {}

    private LivePage(Process process, HttpClient client, String base) {
        this.process = process;
        this.client = client;
        this.base = base;
    }

    /// Opens it, and begins to note.
    ///
    /// @param directory an empty one for what the browser writes
    static LivePage open(Browser browser, String url, Path directory) throws IOException {
        Path port = directory.resolve("profile/DevToolsActivePort");
        Process process = browser.debugged(url, directory);
        try {
            TestSite.await("the browser listens", () -> isWritten(port));
            String base = "http://127.0.0.1:" + Files.readAllLines(port).getFirst();
            LivePage page = new LivePage(process, HttpClient.newHttpClient(), base);
            TestSite.await(
                    "the page is drawn",
                    () ->
                            page.value("document.querySelector('.vip p:last-child')?.textContent")
                                    .startsWith("held by "));
            page.value(NOTES);
            return page;
        } catch (RuntimeException | Error | IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static boolean isWritten(Path file) {
        try {
            return Files.exists(file) && Files.readAllLines(file).size() >= 2;
        } catch (IOException _) {
            return false;
        }
    }

    /// Where the browser's first page is asked.
    private URI page() throws IOException, InterruptedException {
        String all =
                client.send(
                                HttpRequest.newBuilder(URI.create(base + "/json/list")).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        Matcher found = SOCKET.matcher(all);
        if (!found.find()) {
            throw new AssertionError("no page: " + all);
        }
        return URI.create(found.group(1));
    }

    /// What has been noted since it was opened.
    List<Noted> noted() {
        String all = value("noted.map(([at, text]) => `${at} ${text}`).join('\\n')");
        return all.lines()
                .map(line -> line.split(" ", 2))
                .map(f -> new Noted(Long.parseLong(f[0]), f[1]))
                .toList();
    }

    /// What an expression is, as text. It goes and comes encoded, so that no quote stands in it.
    /// Each question has a connection of its own: between two of them a whole drill may pass.
    private String value(String expression) {
        String encoded =
                URLEncoder.encode(expression, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("'", "%27");
        String ask =
                "{\"id\":1,\"method\":\"Runtime.evaluate\",\"params\":{\"expression\":"
                        + "\"encodeURIComponent(eval(decodeURIComponent('"
                        + encoded
                        + "')))\"}}";
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        try {
            WebSocket socket =
                    client.newWebSocketBuilder().buildAsync(page(), new Heard(answers)).join();
            socket.sendText(ask, true).join();
            String answer = answers.poll(10, TimeUnit.SECONDS);
            socket.abort();
            Matcher found = VALUE.matcher(String.valueOf(answer));
            return found.find() ? URLDecoder.decode(found.group(1), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// Puts messages together.
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> answers;
        private final StringBuilder text = new StringBuilder();

        private Heard(BlockingQueue<String> answers) {
            this.answers = answers;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                answers.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }
}
