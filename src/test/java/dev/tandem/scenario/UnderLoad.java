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
import java.nio.file.Path;
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

    /// Where a web server of ours takes a POST.
    static final String ORDER = "/tandem-drill/upload";

    /// A CA that clients trust beside the site's own, where a test puts one.
    static final String AUTHORITY = "company.pem";

    /// How long a connection is silent, and how long a slow download takes: longer than the VIP
    /// needs to move.
    static final Duration SILENCE = Duration.ofSeconds(2);

    private static final int RATE = 75;
    private static final int ORDERS = 20;
    private static final int BYTES = 4 << 20;

    /// Longer than the tests of a class take on a machine that others keep busy.
    private static final Duration LONGEST = Duration.ofMinutes(30);

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
        return start(
                site,
                RATE,
                ClassPlan.of(RequestClass.NEW_HTTP, 16),
                ClassPlan.of(RequestClass.NEW_HTTPS, 2),
                ClassPlan.of(RequestClass.KEPT_HTTP, 10),
                ClassPlan.of(RequestClass.KEPT_HTTPS, 5),
                ClassPlan.of(RequestClass.SLOW, 1).asking("/" + BIG).lasting(SILENCE),
                ClassPlan.of(RequestClass.IDLE, 1).lasting(SILENCE));
    }

    /// New and kept connections, and slow downloads, to one address of the LAN: few, for a test
    /// that asks several of them at once.
    static UnderLoad at(TestSite site, int last)
            throws IOException, InterruptedException, CertificateException {
        return start(
                site,
                InetAddress.getByName(site.lan(last).toString()),
                RATE / 2,
                ClassPlan.of(RequestClass.NEW_HTTP, 16),
                ClassPlan.of(RequestClass.NEW_HTTPS, 2),
                ClassPlan.of(RequestClass.KEPT_HTTP, 10),
                ClassPlan.of(RequestClass.KEPT_HTTPS, 5),
                ClassPlan.of(RequestClass.SLOW, 1).asking("/" + BIG).lasting(SILENCE));
    }

    /// The orders of customers: POSTs alone, which no balancer sends twice.
    static UnderLoad ordering(TestSite site)
            throws IOException, InterruptedException, CertificateException {
        return start(site, ORDERS, ClassPlan.of(RequestClass.UPLOAD, 1).asking(ORDER));
    }

    private static UnderLoad start(TestSite site, int rate, ClassPlan... classes)
            throws IOException, InterruptedException, CertificateException {
        return start(site, InetAddress.getByName(site.lan(150).toString()), rate, classes);
    }

    private static UnderLoad start(TestSite site, InetAddress vip, int rate, ClassPlan... classes)
            throws IOException, InterruptedException, CertificateException {
        return start(
                Target.of(vip, 80, 443).trusting(authorities(site)).showing(DrillPass.of(site)),
                rate,
                classes);
    }

    /// Requests to anything that answers.
    static UnderLoad start(Target target, int rate, ClassPlan... classes)
            throws IOException, InterruptedException {
        LoadPlan plan = LoadPlan.of(target, "handover", rate, LONGEST, classes);
        Lost lost = new Lost();
        return new UnderLoad(lost, Generator.start(plan, lost));
    }

    /// The site's own, and that of a certificate which a test gives it.
    private static List<X509Certificate> authorities(TestSite site)
            throws IOException, CertificateException {
        List<X509Certificate> trusted = new ArrayList<>();
        Path given = site.directory().resolve(AUTHORITY);
        for (Path pem : List.of(site.rendered().resolve("tls/ca.pem"), given)) {
            if (Files.exists(pem)) {
                byte[] text = Files.readAllBytes(pem);
                trusted.add(
                        (X509Certificate)
                                CertificateFactory.getInstance("X.509")
                                        .generateCertificate(new ByteArrayInputStream(text)));
            }
        }
        return trusted;
    }

    /// Lets it go on for so many seconds.
    void goOn(int seconds) {
        long end = run.nanos() + Duration.ofSeconds(seconds).toNanos();
        TestSite.await(seconds + " s more", () -> run.nanos() >= end || run.isOver());
    }

    /// Waits until so many were answered rightly: a generator begins a moment after its start.
    void awaitAnswers(int number) {
        TestSite.await(number + " answers", () -> lost.answers() >= number || run.isOver());
    }

    /// Nanoseconds on the clock of the records.
    long nanos() {
        return run.nanos();
    }

    /// The time of day of such a moment.
    Instant time(long nanos) {
        return run.zero().plusNanos(nanos);
    }

    /// Whether requests are still sent.
    boolean goesOn() {
        return !run.isOver();
    }

    /// Ends it, and waits for what is in flight.
    LoadResult end() throws IOException, InterruptedException {
        return run.stopAndAwait();
    }

    /// What did not get the answer that was asked for: no whole one, another one, or an error.
    List<RequestRecord> lost() {
        return lost.records();
    }

    /// Those of them that were answered, with an error.
    List<RequestRecord> failed() {
        return lost().stream().filter(one -> one.outcome() == Outcome.HTTP_ERROR).toList();
    }

    /// The longest time between two right answers to any of the clients.
    Duration silence() {
        return lost.silence();
    }

    /// Whether it needed a connection of its own.
    static boolean isNew(RequestRecord record) {
        return record.kind() == RequestClass.NEW_HTTP || record.kind() == RequestClass.NEW_HTTPS;
    }

    @Override
    public void close() {
        run.close();
    }

    /// Keeps what was lost.
    private static final class Lost implements Sink {
        private final List<RequestRecord> records = new ArrayList<>();
        private final List<Long> answered = new ArrayList<>();

        synchronized List<RequestRecord> records() {
            return List.copyOf(records);
        }

        synchronized int answers() {
            return answered.size();
        }

        synchronized Duration silence() {
            List<Long> moments = answered.stream().sorted().toList();
            long longest = 0;
            for (int i = 1; i < moments.size(); i++) {
                longest = Math.max(longest, moments.get(i) - moments.get(i - 1));
            }
            return Duration.ofNanos(longest);
        }

        @Override
        public void begin(LoadPlan plan, Instant zero) {
            // Nothing to write.
        }

        @Override
        public synchronized void add(List<RequestRecord> batch) {
            batch.stream().filter(record -> record.outcome() != Outcome.OK).forEach(records::add);
            batch.stream()
                    .filter(record -> record.outcome() == Outcome.OK)
                    .forEach(record -> answered.add(record.done()));
        }

        @Override
        public void end(LoadResult result) {
            // UnderLoad.end returns it.
        }
    }
}
