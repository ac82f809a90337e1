package dev.tandem.scenario;

/// A web server beside a test site that does one thing at a time (`src/test/perl/one-thread`):
/// while it computes, its kernel takes connections, and nothing else happens.
///
/// @param site the site that has it as a server with a `url`
/// @param name its name there
/// @param address the last number of its address on the LAN
record OneThread(TestSite site, String name, int address) implements AutoCloseable {
    /// Starts it in a container in which packets can be dropped.
    static OneThread start(TestSite site, String name, int address) {
        OneThread server = new OneThread(site, name, address);
        Shell.type(
                "docker run --detach --name "
                        + site.container(name)
                        + (" --label dev.tandem.check=" + TestSite.CHECK)
                        + (" --network " + site.name() + "_lan --ip " + site.lan(address))
                        + " --cap-add NET_ADMIN --entrypoint perl"
                        + (" --volume " + Shell.HOME.resolve("src/test/perl/one-thread"))
                        + (":/one-thread:ro " + site.balancerImage())
                        + (" /one-thread 8080 " + name));
        TestSite.await(name + " answers", () -> site.curl("--fail", server.url("/")).ok());
        return server;
    }

    /// Of itself, past the balancers.
    String url(String path) {
        return "http://" + site.lan(address) + ":8080" + path;
    }

    /// How often it was told to compute something.
    int ran() {
        return Integer.parseInt(site.curl("--fail", url("/ran")).stdout().strip());
    }

    /// Its machine is gone: no packet comes or goes.
    void vanish() {
        String drop =
                "add table inet gone; add chain inet gone in { type filter hook input priority 0;"
                        + " policy drop; }; add chain inet gone out { type filter hook output"
                        + " priority 0; policy drop; }";
        Shell.answer("docker", "exec", site.container(name), "nft", drop);
    }

    /// It is there again.
    void appear() {
        Shell.answer("docker", "exec", site.container(name), "nft", "delete table inet gone");
    }

    @Override
    public void close() {
        Shell.answer("docker", "rm", "--force", site.container(name));
    }
}
