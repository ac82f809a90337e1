package dev.tandem.scenario;

import dev.tandem.load.ClassPlan;
import dev.tandem.load.Generator;
import dev.tandem.load.LoadPlan;
import dev.tandem.load.LoadResult;
import dev.tandem.load.LoadRun;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import dev.tandem.load.Sink;
import dev.tandem.load.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Requests of every kind to the VIP of a test site, until it is closed: new connections, kept
/// ones, both with and without TLS, slow downloads, and connections that are silent for seconds.
final class UnderLoad implements AutoCloseable {
    /// What is downloaded slowly: more than all buffers on the way hold.
    static final String BIG = "big.bin";

    private static final int RATE = 150;
    private static final int BYTES = 4 << 20;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Lost lost;
    private final LoadRun run;

    private UnderLoad(Lost lost, LoadRun run) {
        this.lost = lost;
        this.run = run;
    }

    /// Gives a web server of the site that serves `./pages` something to download, before `up`.
    static void provide(TestSite site) {
        site.file("pages/index.html", "<h1>web</h1>\n");
        site.file("pages/" + BIG, "x".repeat(BYTES));
    }

    static UnderLoad of(TestSite site)
            throws IOException, InterruptedException, CertificateException {
        byte[] pem = Files.readAllBytes(site.rendered().resolve("tls/ca.pem"));
        X509Certificate ca =
                (X509Certificate)
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(pem));
        InetAddress vip = InetAddress.getByName(site.lan(150).toString());
        Target target = Target.of(vip, 80, 443).trusting(List.of(ca));
        LoadPlan plan =
                LoadPlan.of(
                        target,
                        "handover",
                        RATE,
                        LONGEST,
                        ClassPlan.of(RequestClass.NEW_HTTP, 16),
                        ClassPlan.of(RequestClass.NEW_HTTPS, 2),
                        ClassPlan.of(RequestClass.KEPT_HTTP, 10),
                        ClassPlan.of(RequestClass.KEPT_HTTPS, 5),
                        ClassPlan.of(RequestClass.SLOW, 1).asking("/" + BIG),
                        ClassPlan.of(RequestClass.IDLE, 1));
        Lost lost = new Lost();
        return new UnderLoad(lost, Generator.start(plan, lost));
    }

    /// Lets it go on for so many seconds.
    void goOn(int seconds) {
        long end = run.nanos() + Duration.ofSeconds(seconds).toNanos();
        TestSite.await(seconds + " s more", () -> run.nanos() >= end || run.isOver());
    }

    /// Nanoseconds on the clock of the records.
    long nanos() {
        return run.nanos();
    }

    /// Ends it, and waits for what is in flight.
    LoadResult end() throws IOException, InterruptedException {
        return run.stopAndAwait();
    }

    /// What did not get an answer. One of 500 and more is an answer: on a machine that tests keep
    /// busy, web servers can be too slow for the balancer, and its connection was not lost by that.
    List<RequestRecord> lost() {
        return lost.records();
    }

    @Override
    public void close() {
        run.close();
    }

    /// Keeps what was lost.
    private static final class Lost implements Sink {
        private final List<RequestRecord> records = new ArrayList<>();

        synchronized List<RequestRecord> records() {
            return List.copyOf(records);
        }

        @Override
        public void begin(LoadPlan plan, Instant zero) {
            // Nothing to write.
        }

        @Override
        public synchronized void add(List<RequestRecord> batch) {
            batch.stream().filter(record -> !isAnswered(record.outcome())).forEach(records::add);
        }

        private static boolean isAnswered(Outcome outcome) {
            return outcome == Outcome.OK || outcome == Outcome.HTTP_ERROR;
        }

        @Override
        public void end(LoadResult result) {
            // UnderLoad.end returns it.
        }
    }
}
