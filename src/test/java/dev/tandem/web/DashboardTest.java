package dev.tandem.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tandem.docker.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The server of the page, asked as a browser asks. Its commands are the test's own: that real ones
/// do what they say is SpeakerTest's.
class DashboardTest {
    private static final Path PAGES = Path.of("images/balancer/page");
    private static final URI NOBODY = URI.create("http://127.0.0.1:1/");

    private final List<List<String>> ran = new CopyOnWriteArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<URI> asked = new ArrayList<>(List.of(NOBODY));
    private final HttpClient browser = HttpClient.newHttpClient();
    private Dashboard dashboard;

    DashboardTest() throws IOException {
        dashboard = start(Duration.ofSeconds(30));
    }

    private Dashboard start(Duration patience) throws IOException {
        Dashboard.Parts parts =
                new Dashboard.Parts(new DashboardPages(PAGES), this::site, this::run, patience);
        return Dashboard.start(0, "secret", parts);
    }

    private SiteData site() {
        return new SiteData("shop", List.of("haproxy-a"), List.of("web-a"), asked, NOBODY);
    }

    private int run(List<String> words, TypedCommands.Terminal terminal) {
        ran.add(words);
        terminal.said("about to " + words.getFirst());
        return switch (words.getFirst()) {
            case "apply" -> terminal.agrees("Do it?") ? 0 : 1;
            case "plan" -> {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                yield 1;
            }
            case "drain" -> throw new IllegalStateException("a bug");
            default -> 0;
        };
    }

    @BeforeEach
    void isThere() {
        assertThat(dashboard.address()).matches("http://127\\.0\\.0\\.1:\\d+/\\?token=secret");
    }

    @AfterEach
    void end() {
        goOn.countDown();
        dashboard.close();
        browser.close();
    }

    private String base() {
        return dashboard.address().replaceFirst("/\\?.*", "");
    }

    private HttpResponse<String> get(String path, Optional<String> cookie) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path));
        cookie.ifPresent(one -> request.header("Cookie", one));
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(path, Optional.of("tandem=secret"));
    }

    private HttpResponse<String> post(String path, String body, String origin) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base() + path))
                        .header("Cookie", "tandem=secret")
                        .header("Origin", origin)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return browser.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return post(path, body, base());
    }

    private String awaitSession(String part) {
        return Await.real()
                .until(
                        Duration.ofSeconds(20),
                        () -> {
                            try {
                                return Optional.of(get("/session.json").body())
                                        .filter(text -> text.contains(part));
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        })
                .orElseThrow(() -> new AssertionError("never came: " + part));
    }

    @Test
    void theTokenIsGivenOnceAndThenStandsInACookie() throws Exception {
        HttpResponse<String> entered = get("/?token=secret", Optional.empty());

        assertThat(entered.statusCode()).isEqualTo(303);
        assertThat(entered.headers().firstValue("Location")).contains("/");
        assertThat(entered.headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("tandem=secret;");
        for (String path :
                List.of("/", "/site.json", "/session.json", "/operate.json", "/page/main.js")) {
            assertThat(get(path, Optional.empty()).statusCode()).as(path).isEqualTo(403);
        }
        HttpResponse<String> page = get("/");
        assertThat(page.body()).contains("page/main.js", "page/operate.js", "id=\"verdict\"");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'");
        assertThat(get("/page/operate.js").body()).contains("session.json");
        assertThat(get("/page/view.js").body()).contains("export function draw");
        assertThat(get("/page/absent.js").statusCode()).isEqualTo(404);
        assertThat(get("/page/../../Dockerfile").statusCode()).isEqualTo(404);
        assertThat(get("/operate.json").body())
                .isEqualTo(
                        "{\"site\":\"shop\",\"page\":\"http://127.0.0.1:1/\","
                                + "\"balancers\":[\"haproxy-a\"],\"servers\":[\"web-a\"]}");
    }

    @Test
    void aPlanIsShownAndRunsOnlyAfterAYes() throws Exception {
        assertThat(post("/run", "apply").statusCode()).isEqualTo(202);
        awaitSession("\"question\":\"Do it?\"");
        assertThat(post("/answer", "no").statusCode()).isEqualTo(202);
        assertThat(awaitSession("\"exit\":1"))
                .contains("\"typed\":\"tandem apply\"", "about to apply", "Do it? no");

        post("/run", "apply");
        awaitSession("\"question\":\"Do it?\"");
        post("/answer", "yes");
        assertThat(awaitSession("\"exit\":0")).contains("\"number\":2", "Do it? yes");
        assertThat(post("/answer", "yes").statusCode()).as("nothing is asked").isEqualTo(409);
    }

    @Test
    void aQuestionThatNobodyAnswersIsANo() throws Exception {
        dashboard.close();
        dashboard = start(Duration.ofMillis(50));

        post("/run", "apply");

        assertThat(awaitSession("\"exit\":1")).contains("Do it? no answer");
    }

    @Test
    void oneCommandAtATimeAndNoneThatHasNoButton() throws Exception {
        post("/run", "plan");
        awaitSession("\"runs\":true");
        HttpResponse<String> second = post("/run", "switchover");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).isEqualTo("tandem plan is still running.\n");
        goOn.countDown();
        awaitSession("\"exit\":1");

        assertThat(post("/run", "apply --yes").statusCode()).isEqualTo(400);
        assertThat(post("/run", "switchover", "http://evil.example").statusCode()).isEqualTo(403);
        assertThat(ran).containsExactly(List.of("plan"));

        post("/run", "drain web-a");
        assertThat(awaitSession("\"exit\":70"))
                .as("one that throws has ended")
                .contains("\"number\":2", "a bug");
    }

    @Test
    void whatBalancersTellComesFromTheFirstThatAnswers() throws Exception {
        assertThat(get("/site.json").statusCode()).as("none does").isEqualTo(502);
        List<String> queries = new CopyOnWriteArrayList<>();
        HttpServer balancer =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        balancer.createContext(
                "/site.json",
                exchange -> {
                    queries.add(String.valueOf(exchange.getRequestURI().getQuery()));
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write(new byte[] {'{', '}'});
                    exchange.close();
                });
        balancer.start();
        try {
            asked.add(
                    URI.create("http://127.0.0.1:%d/".formatted(balancer.getAddress().getPort())));

            assertThat(get("/site.json?events=30").body()).isEqualTo("{}");
            assertThat(get("/site.json?events=30%0d%0aX:%20y").body()).isEqualTo("{}");
            assertThat(queries).containsExactly("events=30", "null");
        } finally {
            balancer.stop(0);
        }
    }
}
