package dev.tandem.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The server of the page, on the loopback interface only.
public final class Dashboard implements AutoCloseable {
    private static final Pattern EVENTS = Pattern.compile("events=\\d{1,4}(&hour=1)?");
    private static final int LONGEST_BODY = 300;

    /// What a command "ends" with that throws.
    private static final int BUG = 70;

    private static final Map<String, String> HEADERS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:;"
                            + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                            + " form-action 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cache-Control",
                    "no-store");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Session session;
    private final Door door;
    private final DashboardPages pages;
    private final Supplier<SiteData> site;
    private final TypedCommands commands;

    private Dashboard(HttpServer server, String token, Parts parts) {
        this.server = server;
        this.door = new Door(server.getAddress().getPort(), token);
        this.pages = parts.pages();
        this.site = parts.site();
        this.commands = parts.commands();
        this.session = new Session(parts.patience());
    }

    /// What the page is made of.
    ///
    /// @param pages its files
    /// @param site what it has to know of the site, as it is at the time of asking
    /// @param commands runs what it asks for
    /// @param patience how long a question of a command waits for its answer
    public record Parts(
            DashboardPages pages,
            Supplier<SiteData> site,
            TypedCommands commands,
            Duration patience) {}

    /// Starts it.
    ///
    /// @param port 0: one that is free
    /// @param token the secret of this run
    /// @throws IOException when the port is taken
    public static Dashboard start(int port, String token, Parts parts) throws IOException {
        InetSocketAddress here = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        Dashboard dashboard = new Dashboard(HttpServer.create(here, 0), token, parts);
        dashboard.server.setExecutor(dashboard.threads);
        dashboard.server.createContext("/", dashboard::handle);
        dashboard.server.start();
        return dashboard;
    }

    /// The address to open, with the token.
    public String address() {
        return door.address();
    }

    /// The port that it has.
    public int port() {
        return door.port();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Door.Visit visit = visit(exchange);
            switch (door.answer(visit)) {
                case IN -> inside(exchange, visit);
                case ENTERS -> {
                    exchange.getResponseHeaders().set("Set-Cookie", door.cookie());
                    exchange.getResponseHeaders().set("Location", "/");
                    answer(exchange, 303, HttpReply.text("Come in."));
                }
                case WRONG_NAME ->
                        answer(exchange, 421, HttpReply.text("Another name is asked for."));
                case WRONG_PAGE -> answer(exchange, 403, HttpReply.text("Another page asks."));
                case UNKNOWN ->
                        answer(
                                exchange,
                                403,
                                HttpReply.text(
                                        "Open the address that tandem dashboard has printed."));
            }
        }
    }

    private static Door.Visit visit(HttpExchange exchange) {
        return new Door.Visit(
                !exchange.getRequestMethod().equals("GET"),
                header(exchange, "Host"),
                header(exchange, "Origin"),
                header(exchange, "Cookie"),
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()));
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private void inside(HttpExchange exchange, Door.Visit visit) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("POST")) {
            byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY);
            post(exchange, path, new String(body, StandardCharsets.UTF_8));
            return;
        }
        Optional<HttpReply> reply =
                switch (path) {
                    case "/site.json" -> told(visit.query());
                    case "/operate.json" ->
                            Optional.of(HttpReply.json(SessionJson.site(site.get())));
                    case "/session.json" ->
                            Optional.of(HttpReply.json(SessionJson.session(session.state())));
                    default -> pages.page(path);
                };
        if (reply.isPresent()) {
            answer(exchange, 200, reply.get());
        } else {
            answer(exchange, path.equals("/site.json") ? 502 : 404, HttpReply.text("Not here."));
        }
    }

    private Optional<HttpReply> told(Optional<String> query) {
        String asked = query.filter(EVENTS.asMatchPredicate()).map(q -> "?" + q).orElse("");
        return Balancers.ask(site.get().asked(), "site.json" + asked)
                .map(bytes -> new HttpReply("application/json", bytes));
    }

    private void post(HttpExchange exchange, String path, String body) throws IOException {
        switch (path) {
            case "/run" -> {
                Optional<Wish> wish = Wish.of(body);
                if (wish.isEmpty()) {
                    answer(exchange, 400, HttpReply.text("The page may not ask for that: " + body));
                } else if (begin(wish.get())) {
                    answer(exchange, 202, HttpReply.text(wish.get().typed()));
                } else {
                    String runs = session.state().typed() + " is still running.";
                    answer(exchange, 409, HttpReply.text(runs));
                }
            }
            case "/answer" -> {
                boolean taken = List.of("yes", "no").contains(body) && session.answers(body);
                answer(
                        exchange,
                        taken ? 202 : 409,
                        HttpReply.text(taken ? body : "Nothing was asked."));
            }
            default -> answer(exchange, 404, HttpReply.text("Not here."));
        }
    }

    private boolean begin(Wish wish) {
        if (!session.begin(wish)) {
            return false;
        }
        threads.execute(() -> session.ended(result(wish)));
        return true;
    }

    /// Whatever it throws, it has ended: nobody else could begin.
    private int result(Wish wish) {
        try {
            return commands.run(wish.words(), session);
        } catch (RuntimeException e) {
            session.said("this is a bug in Tandem: " + e);
            return BUG;
        }
    }

    private static void answer(HttpExchange exchange, int status, HttpReply reply)
            throws IOException {
        HEADERS.forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        exchange.sendResponseHeaders(status, reply.body().length);
        exchange.getResponseBody().write(reply.body());
    }

    /// Ends it. A command that runs is waited for: half a change would be worse.
    @Override
    public void close() {
        server.stop(0);
        session.answers("no");
        threads.close();
    }
}
