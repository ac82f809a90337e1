package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tandem.load.ClassPlan;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import dev.tandem.load.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/// What counts as lost in the tests that change a site under load. An error is no answer: if it
/// were, a site that answers everything with 503 would lose nothing.
class UnderLoadTest {
    private static final int SOME = 20;

    @Test
    void whatIsAnsweredWithAnErrorIsLost() throws Exception {
        try (Answering server = Answering.with(503);
                UnderLoad load = server.asked()) {
            TestSite.await("some are lost", () -> load.lost().size() > SOME);
            load.end();

            assertThat(load.lost()).extracting(RequestRecord::status).containsOnly(503);
            assertThat(load.failed()).isEqualTo(load.lost());
        }
    }

    @Test
    void whatIsNotFoundIsLost() throws Exception {
        try (Answering server = Answering.with(404);
                UnderLoad load = server.asked()) {
            TestSite.await("some are lost", () -> load.lost().size() > SOME);
        }
    }

    @Test
    void whatNobodyAnswersIsLostAndDidNotFail() throws Exception {
        UnderLoad load;
        try (Answering server = Answering.with(200)) {
            load = server.asked();
        }
        try (load) {
            TestSite.await("some are lost", () -> load.lost().size() > SOME);
            load.end();

            assertThat(load.lost()).extracting(RequestRecord::outcome).contains(Outcome.REFUSED);
            assertThat(load.failed()).isEmpty();
        }
    }

    @Test
    void whatIsAnsweredIsNotLost() throws Exception {
        try (Answering server = Answering.with(200);
                UnderLoad load = server.asked()) {
            load.goOn(1);

            assertThat(load.end().requests()).isGreaterThan(SOME);
            assertThat(load.lost()).isEmpty();
        }
    }

    /// A server that answers everything with the same status.
    private record Answering(HttpServer server) implements AutoCloseable {
        static Answering with(int status) throws Exception {
            InetAddress here = InetAddress.getLoopbackAddress();
            HttpServer server = HttpServer.create(new InetSocketAddress(here, 0), 0);
            server.createContext(
                    "/",
                    exchange -> {
                        exchange.sendResponseHeaders(status, -1);
                        exchange.close();
                    });
            server.start();
            return new Answering(server);
        }

        UnderLoad asked() throws Exception {
            InetAddress here = InetAddress.getLoopbackAddress();
            Target target = Target.of(here, server.getAddress().getPort(), 443);
            return UnderLoad.start(target, 100, ClassPlan.of(RequestClass.NEW_HTTP, 1));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
