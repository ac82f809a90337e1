package dev.tandem.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Real servers beside a test site, on its LAN: Debian's PostgreSQL and Redis, and one that speaks
/// TLS (`src/test/databases`).
final class Databases implements AutoCloseable {
    private final TestSite site;
    private final String image;
    private final List<String> started = new ArrayList<>();

    private Databases(TestSite site, String image) {
        this.site = site;
        this.image = image;
    }

    /// None yet; the site is up.
    static Databases beside(TestSite site) {
        String build = Shell.HOME.resolve("src/test/databases/build").toString();
        return new Databases(site, Shell.answer(build));
    }

    /// Starts one.
    ///
    /// @param address the last number of its address on the LAN
    /// @param command what `start` in the image is told
    void start(String name, int address, String... command) {
        List<String> argv = new ArrayList<>(List.of(image));
        argv.addAll(List.of(command));
        run(name, address, argv);
    }

    /// Starts an Nginx with this configuration, of the image of the site's web servers.
    void nginx(String name, int address, Path configuration) {
        String web = site.container("web-a");
        run(
                name,
                address,
                List.of(
                        "--volume",
                        configuration + ":/etc/tandem/nginx.conf:ro",
                        Shell.answer("docker", "inspect", "-f", "{{.Config.Image}}", web)));
    }

    private void run(String name, int address, List<String> rest) {
        List<String> argv =
                new ArrayList<>(List.of("docker", "run", "--detach", "--name", container(name)));
        argv.addAll(List.of("--label", "dev.tandem.check=" + TestSite.CHECK));
        argv.addAll(List.of("--network", site.name() + "_lan"));
        argv.addAll(List.of("--ip", site.lan(address).toString()));
        argv.addAll(rest);
        Shell.answer(argv.toArray(String[]::new));
        started.add(name);
    }

    /// Runs a command in one of them.
    String exec(String name, String... command) {
        List<String> argv = new ArrayList<>(List.of("docker", "exec", container(name)));
        argv.addAll(List.of(command));
        return Shell.answer(argv.toArray(String[]::new));
    }

    /// `docker VERB` on one of them.
    void docker(String verb, String name) {
        Shell.answer("docker", verb, container(name));
    }

    /// What one of them has said.
    String log(String name) {
        var said = Shell.run(Shell.HOME, "docker", "logs", container(name));
        return said.stdout() + said.stderr();
    }

    private String container(String name) {
        return site.container(name);
    }

    @Override
    public void close() {
        started.forEach(name -> Shell.run(Shell.HOME, "docker", "rm", "--force", container(name)));
    }
}
