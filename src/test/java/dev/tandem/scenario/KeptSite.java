package dev.tandem.scenario;

import dev.tandem.certificate.Certificates;
import dev.tandem.docker.Command;
import dev.tandem.docker.Output;
import dev.tandem.docker.Processes;
import dev.tandem.model.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A site of an earlier version, which runs: its kept files under a name and with addresses of this
/// test, its images built from their kept sources, all started by plain `docker compose up`.
///
/// Its certificates are made when the test begins, because kept ones would expire, and are for
/// other addresses. They are made by Tandem of today: what it makes is compared with what that
/// version made (`tls.txt`), so a change of it is noticed.
final class KeptSite {
    private static final Duration BUILD = Duration.ofMinutes(10);

    private final KeptFiles kept;
    private final TestSite site;

    private KeptSite(KeptFiles kept, TestSite site) {
        this.kept = kept;
        this.site = site;
    }

    /// Not yet running.
    static KeptSite of(String version) {
        KeptFiles kept = KeptFiles.of(version);
        TestSite site = TestSite.of("vip: {address: 192.168.0.150}\n", TestSubnets.asLong());
        UnderLoad.provide(site);
        return new KeptSite(kept, site);
    }

    TestSite site() {
        return site;
    }

    KeptFiles kept() {
        return kept;
    }

    /// Writes its directory, as that version left it.
    void write() {
        String name = site.name();
        String siteFile = kept.renamed(name, site.subnets(), Map.of()).get(".tandem.yaml");
        site.file("tandem.yaml", String.valueOf(siteFile));
        certificates(site.model());
        kept.renamed(name, site.subnets(), texts(site.rendered(), "tls/"))
                .forEach((path, text) -> site.file(".tandem/" + name + "/" + path, text));
        privateKeysInTheHistory();
        site.file(".tandem/.gitignore", "# Written by Tandem: keys and generated files.\n*\n");
    }

    private void certificates(Site model) {
        authority();
        new Certificates(
                        site.rendered().resolve("tls"),
                        Clock.systemUTC(),
                        new SecureRandom(),
                        site.directory()::resolve)
                .ensure(model);
        site.file(".tandem/" + site.name() + "/tls/.gitignore", "# Private keys.\n*\n");
    }

    /// A CA as 0.1.0 made it: without name constraints. It is kept from then on.
    private void authority() {
        String tls = ".tandem/" + site.name() + "/tls/";
        site.file(
                tls + "openssl.cnf",
                """
                [req]
                distinguished_name = dn
                x509_extensions = extensions
                [dn]
                [extensions]
                subjectKeyIdentifier = hash
                authorityKeyIdentifier = keyid:always
                basicConstraints = critical, CA:TRUE, pathlen:0
                keyUsage = critical, keyCertSign, cRLSign
                """);
        String path = site.directory().resolve(tls).toString();
        Shell.answer(
                "openssl",
                "req",
                "-x509",
                "-config",
                path + "/openssl.cnf",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "3652",
                "-subj",
                "/CN=Tandem CA of " + site.name(),
                "-keyout",
                path + "/ca.key",
                "-out",
                path + "/ca.pem");
        Shell.answer("rm", path + "/openssl.cnf");
    }

    /// They are read by their owner alone, also those of earlier states.
    private void privateKeysInTheHistory() {
        String history = site.rendered().resolve("history").toString();
        Shell.answer("find", history, "-path", "*/tls/*", "-exec", "chmod", "600", "{}", "+");
    }

    /// The text files of a directory whose paths begin so.
    static Map<String, String> texts(Path directory, String begin) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = directory.relativize(file).toString();
                if (path.startsWith(begin)) {
                    texts.put(path, Files.readString(file));
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it as anybody can, without Tandem, and waits until it serves.
    void start() {
        List.of("balancer", "web").forEach(this::build);
        compose("up", "--detach");
        String url = "http://" + site.lan(150) + "/";
        TestSite.await("the VIP answers", () -> site.curl("--fail", url).ok());
    }

    /// Built once on a machine: its name says which sources it is made of.
    private void build(String name) {
        String image = kept.image(name);
        if (Shell.run(Shell.HOME, "docker", "image", "inspect", image).ok()) {
            return;
        }
        Path sources = kept.root().resolve("images").resolve(name);
        List<String> argv = List.of("docker", "build", "--tag", image, sources.toString());
        Output built = new Processes().run(Command.of(BUILD, argv).with("DOCKER_BUILDKIT", "0"));
        if (!built.ok()) {
            throw new AssertionError(image + " cannot be built:\n" + built.lastLines(15));
        }
    }

    private void compose(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("docker", "compose"));
        argv.addAll(List.of(arguments));
        Output output = Shell.run(site.rendered(), argv.toArray(String[]::new));
        if (!output.ok()) {
            throw new AssertionError(argv + ":\n" + output.stderr());
        }
    }

    /// Breaks what its two open faults say: web-a is dead, and 5 % of the packets of haproxy-a to
    /// its peer are lost, by rules that a container of the balancers' image has made.
    void breakIt() {
        site.docker("kill", "web-a");
        String rules =
                "nft -f - <<END\ntable inet tandem_packet_loss_5 { chain out { type filter hook"
                        + " postrouting priority 400; ip daddr "
                        + site.lan(152)
                        + " numgen random mod 100 < 5 counter drop; }; }\nEND\n"
                        + "echo in place; sleep 600";
        String fault = site.container("fault-packet-loss-5-haproxy-a");
        List<String> argv = new ArrayList<>(List.of("docker", "run", "--detach", "--name", fault));
        for (String label :
                List.of(
                        "dev.tandem.fault=packet-loss-5",
                        "dev.tandem.site=" + site.name(),
                        "dev.tandem.check=" + TestSite.CHECK)) {
            argv.addAll(List.of("--label", label));
        }
        argv.addAll(List.of("--network", "container:" + site.container("haproxy-a")));
        argv.addAll(List.of("--cap-drop", "ALL", "--cap-add", "NET_ADMIN", "--entrypoint", "sh"));
        argv.addAll(List.of(kept.image("balancer"), "-c", rules));
        Shell.answer(argv.toArray(String[]::new));
        TestSite.await("the rules are there", () -> dropsPackets());
    }

    /// Whether the rules of its open fault are in force.
    boolean dropsPackets() {
        return site.exec("haproxy-a", "nft", "list", "tables")
                .stdout()
                .contains("tandem_packet_loss_5");
    }

    /// The image that a node's container was made of.
    String image(String node) {
        return Shell.answer("docker", "inspect", "-f", "{{.Config.Image}}", site.container(node));
    }
}
