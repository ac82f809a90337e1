package dev.tandem.scenario;

import java.util.List;

/// A web server beside a test site that writes down what reaches it, and says what no balancer
/// should have let through (`src/test/perl/recorder`).
///
/// @param site the site that has it as a server with a `url`, port 8080
/// @param name its name there
record Recorder(TestSite site, String name) implements AutoCloseable {
    /// The last number of its address on the LAN.
    static final int ADDRESS = 99;

    static Recorder start(TestSite site, String name) {
        Shell.type(
                "docker run --detach --name "
                        + site.container(name)
                        + (" --label dev.tandem.check=" + TestSite.CHECK)
                        + (" --network " + site.name() + "_lan --ip " + site.lan(ADDRESS))
                        + " --cap-drop ALL --entrypoint perl"
                        + (" --volume " + Shell.HOME.resolve("src/test/perl/recorder"))
                        + (":/recorder:ro " + site.balancerImage())
                        + (" /recorder 8080 " + name));
        String url = "http://" + site.lan(ADDRESS) + ":8080/";
        TestSite.await(name + " answers", () -> site.curl("--fail", url).ok());
        return new Recorder(site, name);
    }

    /// A line for each request.
    List<String> lines() {
        String[] logs = {"docker", "logs", site.container(name)};
        return Shell.run(site.directory(), logs).lines();
    }

    @Override
    public void close() {
        Shell.answer("docker", "rm", "--force", site.container(name));
    }
}
