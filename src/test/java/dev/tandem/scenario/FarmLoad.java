package dev.tandem.scenario;

import dev.tandem.load.ClassPlan;
import dev.tandem.load.LoadResult;
import dev.tandem.load.RequestClass;
import dev.tandem.load.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Requests to a VIP on the LAN of a farm, from a machine of that LAN: another Java machine sends
/// them there, until it is told to end. New connections and kept ones; what is not a whole answer
/// with the code that was asked for is lost.
final class FarmLoad implements AutoCloseable {
    private static final int RATE = 150;

    /// Enough to find a loss in a change that takes a minute, and not in the way of the change: the
    /// machines of a farm share the processors.
    static final int QUIET_RATE = 50;

    private final Process process;
    private final BufferedReader said;

    private FarmLoad(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    static FarmLoad on(Farm farm, String vip) throws IOException {
        return on(farm, vip, RATE);
    }

    /// @param rate requests a second; three of four are new connections
    static FarmLoad on(Farm farm, String vip, int rate) throws IOException {
        List<String> argv = new ArrayList<>(farm.command("lan"));
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        argv.addAll(List.of("-cp", System.getProperty("java.class.path")));
        argv.addAll(List.of(FarmLoad.class.getName(), vip, "" + rate));
        FarmLoad load =
                new FarmLoad(
                        new ProcessBuilder(argv)
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start());
        String first = load.said.readLine();
        if (!"sends".equals(first)) {
            throw new AssertionError("no load: " + first);
        }
        return load;
    }

    /// Ends it; what was lost, one per line, after how many were sent.
    ///
    /// @return `4711 sent, 0 lost`, then the lost ones
    String end() throws IOException {
        return cost().lost();
    }

    /// Ends it.
    Cost cost() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        String[] figures = said.readLine().split(" ", -1);
        String lost = String.join("\n", said.lines().toList());
        return new Cost(
                Integer.parseInt(figures[0]),
                Integer.parseInt(figures[1]),
                Long.parseLong(figures[2]) / 1000.0,
                lost);
    }

    /// What it has cost clients.
    ///
    /// @param fresh how many new connections were lost
    /// @param kept how many requests on connections that were open
    /// @param silence the longest time in which nobody got an answer, in seconds
    /// @param lost `4711 sent, 0 lost`, then the lost ones
    record Cost(int fresh, int kept, double silence, String lost) {}

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// In the other Java machine.
    public static void main(String[] arguments) throws Exception {
        InetAddress vip = InetAddress.getByName(arguments[0]);
        int rate = Integer.parseInt(arguments[1]);
        try (UnderLoad load =
                UnderLoad.start(
                        Target.of(vip, 80, 443),
                        rate,
                        ClassPlan.of(RequestClass.NEW_HTTP, 3),
                        ClassPlan.of(RequestClass.KEPT_HTTP, 1))) {
            load.awaitAnswers(rate); // what happens next happens to open connections
            System.out.println("sends");
            while (System.in.read() >= 0) {
                // Until the other end is closed.
            }
            LoadResult result = load.end();
            long fresh = load.lost().stream().filter(UnderLoad::isNew).count();
            System.out.println(
                    fresh + " " + (load.lost().size() - fresh) + " " + load.silence().toMillis());
            System.out.println(result.requests() + " sent, " + load.lost().size() + " lost");
            load.lost().stream().limit(20).forEach(System.out::println);
        }
    }
}
