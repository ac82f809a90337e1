package dev.tandem.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What the generator costs and how much it can send, against an existing server: the program
/// behind `bench/load`. It prints rows of a markdown table.
final class LoadBench {
    private static final List<Integer> RATES = List.of(500, 1000, 2000, 5000);
    private static final int CONNECTIONS = 64;

    private LoadBench() {}

    /// Runs the benchmark.
    ///
    /// @param arguments the server's IPv4 address, its port, and how many seconds each row takes
    public static void main(String[] arguments) throws Exception {
        Target target =
                Target.of(InetAddress.getByName(arguments[0]), Integer.parseInt(arguments[1]), 443);
        Duration length = Duration.ofSeconds(Integer.parseInt(arguments[2]));
        for (RequestClass kind : List.of(RequestClass.NEW_HTTP, RequestClass.KEPT_HTTP)) {
            measure(target, kind, 1000, Duration.ofSeconds(2));
            for (int rate : RATES) {
                System.out.println(row(measure(target, kind, rate, length)));
            }
        }
    }

    /// A run and the processor time it took.
    ///
    /// @param kind the class of all its requests
    /// @param result its result
    /// @param processor the processor time of this whole program during it
    private record Measured(RequestClass kind, LoadResult result, Duration processor) {}

    private static Measured measure(Target target, RequestClass kind, int rate, Duration length)
            throws IOException, InterruptedException {
        ClassPlan one = ClassPlan.of(kind, 1).over(CONNECTIONS);
        Path file = Files.createTempFile("tandem-bench", ".tsv");
        try (HistoryWriter writer = RunHistory.write(file)) {
            long before = processor();
            LoadResult result =
                    Generator.run(LoadPlan.of(target, "bench", rate, length, one), writer);
            return new Measured(kind, result, Duration.ofNanos(processor() - before));
        } finally {
            Files.delete(file);
        }
    }

    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static String row(Measured measured) {
        LoadResult result = measured.result();
        double seconds = seconds(result.length());
        double processor = seconds(measured.processor());
        return String.format(
                Locale.ROOT,
                "| tandem | %s | %d | %.0f | %d | %.1f ms | %.1f ms | %.1f ms"
                        + " | %.0f %% | %.3f ms |",
                measured.kind() == RequestClass.NEW_HTTP ? "new" : "kept",
                result.plan().rate(),
                result.count(Outcome.OK) / seconds,
                result.requests() - result.count(Outcome.OK),
                millis(result.punctuality().p99()),
                millis(result.punctuality().max()),
                millis(result.punctuality().noticedP99()),
                100 * processor / seconds,
                1000 * processor / result.requests());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
