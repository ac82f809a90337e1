package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One client that takes as many connections to the VIP as it gets, and keeps them for a while
/// (`src/test/perl/hog`): a machine of its own on the LAN of a site.
///
/// @param opened how many it had when it had tried all
/// @param left how many of them it still had at the end
record Hog(int opened, int left) {
    private static final Pattern SAID = Pattern.compile("(?m)^open (\\d+) (\\d+)$");

    /// Begins in the background.
    ///
    /// @param kind idle, kept, greedy, heads, bodies or phone
    static CompletableFuture<Hog> begin(
            TestSite site, String kind, int port, int count, int seconds) {
        return CompletableFuture.supplyAsync(
                () -> run(site, kind, port, count, seconds), Thread.ofPlatform()::start);
    }

    /// Until it has ended.
    static Hog run(TestSite site, String kind, int port, int count, int seconds) {
        List<String> argv = new ArrayList<>(List.of("docker", "run", "--rm"));
        argv.addAll(List.of("--network", site.name() + "_lan", "--cap-drop", "ALL"));
        argv.addAll(List.of("--label", "dev.tandem.check=" + TestSite.CHECK));
        argv.addAll(List.of("--volume", Shell.HOME.resolve("src/test/perl/hog") + ":/hog:ro"));
        argv.addAll(List.of("--entrypoint", "perl", site.balancerImage(), "/hog", kind));
        argv.add(site.lan(150).toString());
        for (int number : List.of(port, count, seconds)) {
            argv.add(Integer.toString(number));
        }
        Output output = Shell.run(site.directory(), argv.toArray(String[]::new));
        Matcher said = SAID.matcher(output.stdout());
        assertThat(said.find()).as(output.stdout() + output.stderr()).isTrue();
        return new Hog(Integer.parseInt(said.group(1)), Integer.parseInt(said.group(2)));
    }

    @Override
    public String toString() {
        return opened + " connections, " + left + " at the end";
    }
}
