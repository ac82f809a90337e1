package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A CA that gives certificates by itself (Pebble), and the DNS server that it asks, on the LAN of
/// a site, in a network of their own there. Every name leads to the VIP unless it is told
/// otherwise.
final class PebbleCa implements AutoCloseable {
    /// The last number of its address.
    private static final int ADDRESS = 97;

    private static final int DIRECTORY = 14000;
    private static final int LOOKS = 15000;
    private static final int DNS = 8053;
    private static final int NAMES = 8055;

    private final Seat seat;
    private final Path home;
    private final Process names;
    private Process authority;

    /// Where it is.
    ///
    /// @param directory of the site file
    /// @param enter what a command is put behind to run in its network
    /// @param address its own
    /// @param vip where names lead
    /// @param leave what removes its network
    private record Seat(
            Path directory, List<String> enter, String address, String vip, Runnable leave) {}

    private PebbleCa(Seat seat) throws IOException {
        this.seat = seat;
        this.home = Files.createDirectories(seat.directory().resolve("ca"));
        makeKeys();
        Files.writeString(
                home.resolve("pebble.json"),
                """
                {"pebble": {"listenAddress": "0.0.0.0:%d", "managementListenAddress": "0.0.0.0:%d",
                "certificate": "%3$s/pebble.pem", "privateKey": "%3$s/pebble.key", "httpPort": 80,
                "tlsPort": 443, "ocspResponderURL": "", "externalAccountBindingRequired": false}}
                """
                        .formatted(DIRECTORY, LOOKS, home));
        this.names =
                begin(
                        "names.log",
                        "pebble-challtestsrv",
                        "-dns01",
                        "127.0.0.1:" + DNS,
                        "-management",
                        ":" + NAMES,
                        "-http01",
                        "",
                        "-https01",
                        "",
                        "-tlsalpn01",
                        "",
                        "-defaultIPv4",
                        seat.vip(),
                        "-defaultIPv6",
                        "");
        this.authority = pebble();
    }

    /// Starts one for a site whose LAN is there.
    static PebbleCa start(TestSite site) throws IOException {
        String container = site.container("ca");
        Shell.type(
                "docker run --detach --name "
                        + container
                        + (" --label dev.tandem.check=" + TestSite.CHECK)
                        + (" --network " + site.name() + "_lan --ip " + site.lan(ADDRESS))
                        + (" --cap-drop ALL --entrypoint sleep " + site.balancerImage() + " 1200"));
        String place = Shell.answer("docker", "inspect", "-f", "{{.State.Pid}}", container);
        return answering(
                new Seat(
                        site.directory(),
                        List.of("nsenter", "--target", place, "--net"),
                        site.lan(ADDRESS).toString(),
                        site.lan(150).toString(),
                        () -> Shell.answer("docker", "rm", "--force", container)));
    }

    /// Starts one on the LAN of a farm, beside its machines.
    static PebbleCa start(Farm farm, Path directory, String vip) throws IOException {
        String lan = farm.farm("lan", "ip", "netns", "identify");
        List<String> enter = List.of("nsenter", "--net=/run/netns/" + lan);
        return answering(new Seat(directory, enter, "192.168.0.1", vip, () -> {}));
    }

    private static PebbleCa answering(Seat seat) throws IOException {
        PebbleCa ca = new PebbleCa(seat);
        ca.awaitAnswer();
        return ca;
    }

    /// The URL of its directory.
    static String directory(TestSite site) {
        return directory(site.lan(ADDRESS).toString());
    }

    private static String directory(String address) {
        return "https://" + address + ":" + DIRECTORY + "/dir";
    }

    /// The URL of its directory.
    String directory() {
        return directory(seat.address());
    }

    /// The CA whose certificate it shows itself, made beside the site file.
    private void makeKeys() throws IOException {
        Path ca = seat.directory().resolve("pebble-ca.pem");
        if (Files.exists(home.resolve("pebble.pem"))) {
            return;
        }
        String subject = "/CN=CA of a test";
        openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj",
                subject,
                "-keyout " + home + "/ca.key -out " + ca);
        Files.writeString(home.resolve("names"), "subjectAltName=IP:" + seat.address() + "\n");
        openssl(
                "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj",
                "/CN=pebble",
                "-keyout " + home + "/pebble.key -out " + home + "/pebble.csr");
        openssl(
                "x509 -req -days 30 -CAcreateserial -in " + home + "/pebble.csr -CA " + ca,
                "-CAkey",
                home + "/ca.key -extfile " + home + "/names -out " + home + "/pebble.pem");
    }

    private static void openssl(String first, String word, String last) {
        List<String> argv = new ArrayList<>(List.of("openssl"));
        argv.addAll(List.of(first.split(" ", -1)));
        argv.add(word);
        argv.addAll(List.of(last.split(" ", -1)));
        Shell.answer(argv.toArray(String[]::new));
    }

    private Process pebble() throws IOException {
        return begin(
                "pebble.log",
                "pebble",
                "-config",
                home.resolve("pebble.json").toString(),
                "-dnsserver",
                "127.0.0.1:" + DNS);
    }

    private Process begin(String log, String program, String... arguments) throws IOException {
        Path aside = Shell.HOME.resolve("target/test-tools/usr/bin").resolve(program);
        List<String> argv = new ArrayList<>(seat.enter());
        argv.add(Files.isExecutable(aside) ? aside.toString() : program);
        argv.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment().putAll(java.util.Map.of("PEBBLE_VA_NOSLEEP", "1"));
        builder.environment().put("PEBBLE_AUTHZREUSE", "0");
        File file = home.resolve(log).toFile();
        return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(file)).start();
    }

    private void awaitAnswer() {
        TestSite.await(
                "the CA answers",
                () -> asked("--fail --max-time 2 --cacert pebble-ca.pem " + directory()).ok());
    }

    /// It is gone, and with it all that it knew.
    void away() {
        authority.destroyForcibly();
        authority.onExit().join();
    }

    /// It is there again, and knows no account.
    void back() throws IOException {
        authority = pebble();
        awaitAnswer();
    }

    /// It stands still: who asks waits.
    void freeze() {
        Shell.type("kill -STOP " + authority.pid());
    }

    /// It goes on.
    void thaw() {
        Shell.type("kill -CONT " + authority.pid());
    }

    /// From now on a name leads there.
    void leads(String name, String address) {
        tell("add-a", "{\"host\":\"%s\",\"addresses\":[\"%s\"]}".formatted(name, address));
    }

    /// A name leads to the VIP again.
    void leadsHome(String name) {
        tell("clear-a", "{\"host\":\"%s\"}".formatted(name));
    }

    private void tell(String what, String json) {
        Output told = asked("--fail -d " + json + " " + namesAt() + "/" + what);
        assertThat(told.ok()).as(told.stderr()).isTrue();
    }

    private Output asked(String arguments) {
        List<String> argv = new ArrayList<>(seat.enter());
        argv.addAll(List.of("curl", "--silent"));
        argv.addAll(List.of(arguments.split(" ")));
        return Shell.run(seat.directory(), argv.toArray(String[]::new));
    }

    /// Where its DNS server is told what to answer.
    String namesAt() {
        return "http://" + seat.address() + ":" + NAMES;
    }

    /// What it says of a certificate: `Valid` or `Revoked`.
    ///
    /// @param serial in hexadecimal digits
    String status(String serial) {
        return asked(
                        "--max-time 5 --cacert pebble-ca.pem https://%s:%d/cert-status-by-serial/%s"
                                .formatted(seat.address(), LOOKS, serial))
                .stdout();
    }

    /// What it has logged.
    String log() throws IOException {
        return Files.readString(home.resolve("pebble.log"));
    }

    @Override
    public void close() {
        thaw();
        away();
        names.destroyForcibly();
        names.onExit().join();
        seat.leave().run();
    }
}
