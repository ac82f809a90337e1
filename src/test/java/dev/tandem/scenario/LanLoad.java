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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Requests to a VIP on the LAN of a farm, until it is closed: new connections and kept ones, with
/// and without TLS. That LAN is reached from its own network only, so a Java machine of its own
/// sends them there; this side asks it what was lost.
final class LanLoad implements AutoCloseable {
    private static final int RATE = 75;
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    private LanLoad(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Begins.
    ///
    /// @param authority the site's CA, a PEM file
    static LanLoad start(Farm farm, String vip, Path authority) throws IOException {
        String classes =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        String java = System.getProperty("java.home") + "/bin/java";
        List<String> argv =
                farm.command(
                        "lan",
                        java,
                        "-XX:+UseSerialGC",
                        "-cp",
                        classes,
                        LanLoad.class.getName(),
                        vip,
                        authority.toString());
        return new LanLoad(
                new ProcessBuilder(argv)
                        .redirectError(farm.directory().resolve("load.err").toFile())
                        .start());
    }

    /// What was sent and lost since this was asked last.
    ///
    /// @param sent how many requests have an outcome
    /// @param lost how many of them did not get the answer that was asked for
    /// @param details of each that was lost: its class, its outcome, when it was planned
    record Count(long sent, long lost, String details) {
        @Override
        public String toString() {
            return "%d of %d lost%s".formatted(lost, sent, details.isEmpty() ? "" : ": " + details);
        }
    }

    /// Waits until so many more have an outcome, and says what was lost since this was asked last.
    Count after(int requests) throws IOException {
        orders.write(requests + "\n");
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the load has ended: see load.err of the farm");
        }
        String[] words = answer.split(" ", 3);
        return new Count(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]);
    }

    @Override
    public void close() {
        process.destroy();
    }

    // ---- the other side ------------------------------------------------------------------------

    /// Sends, and answers on its output what it is asked on its input.
    ///
    /// @param arguments the VIP, and the PEM file of the site's CA
    public static void main(String[] arguments) throws Exception {
        Target target =
                Target.of(InetAddress.getByName(arguments[0]), 80, 443)
                        .trusting(List.of(authority(Path.of(arguments[1]))));
        Kept kept = new Kept();
        LoadPlan plan =
                LoadPlan.of(
                        target,
                        "farm",
                        RATE,
                        LONGEST,
                        ClassPlan.of(RequestClass.NEW_HTTP, 16),
                        ClassPlan.of(RequestClass.NEW_HTTPS, 2),
                        ClassPlan.of(RequestClass.KEPT_HTTP, 8),
                        ClassPlan.of(RequestClass.KEPT_HTTPS, 4));
        try (LoadRun run = Generator.start(plan, kept)) {
            answer(kept, run);
        }
    }

    private static X509Certificate authority(Path pem) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static void answer(Kept kept, LoadRun run) throws IOException, InterruptedException {
        BufferedReader asked =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            List<RequestRecord> records = kept.next(Integer.parseInt(line), run);
            List<String> lost =
                    records.stream()
                            .filter(record -> record.outcome() != Outcome.OK)
                            .map(record -> said(record, run))
                            .toList();
            System.out.println(records.size() + " " + lost.size() + " " + String.join(", ", lost));
        }
    }

    private static String said(RequestRecord record, LoadRun run) {
        return "%s %s %d at %s"
                .formatted(
                        record.kind(),
                        record.outcome(),
                        record.status(),
                        run.zero().plusNanos(record.planned()));
    }

    /// Keeps all records until they are asked for.
    private static final class Kept implements Sink {
        private final List<RequestRecord> records = new ArrayList<>();

        /// Those that came since this was asked last, at least so many.
        synchronized List<RequestRecord> next(int number, LoadRun run) throws InterruptedException {
            while (records.size() < number && !run.isOver()) {
                wait(1000);
            }
            List<RequestRecord> all = records.stream().collect(Collectors.toList());
            records.clear();
            return all;
        }

        @Override
        public void begin(LoadPlan plan, Instant zero) {
            // Nothing to write.
        }

        @Override
        public synchronized void add(List<RequestRecord> batch) {
            records.addAll(batch);
            notifyAll();
        }

        @Override
        public void end(LoadResult result) {
            // Whoever asks has it all.
        }
    }
}
