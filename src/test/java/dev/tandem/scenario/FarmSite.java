package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A site over the machines m1, m2 and m3 of a farm, controlled from a place on their LAN that is
/// none of them.
///
/// @param farm its machines
record FarmSite(Farm farm) {
    static final String VIP = "192.168.0.150";

    /// How `status` says that something is not as the file has it: by the comparison of `plan`.
    static final String DRIFT = "drift:";

    static final String FILE =
            """
            site: shop
            vip: {address: 192.168.0.150}
            machines:
              m1: {ssh: root@192.168.0.11}
              m2: {ssh: root@192.168.0.12}
              m3: {ssh: bob@192.168.0.13}
            balancers:
              haproxy-a: {machine: m1}
              haproxy-b: {machine: m2}
            backend: {check: /}
            servers:
              web-a: {machine: m1}
              web-b: {machine: m2}
              web-c: {machine: m3}
            """;

    /// The same with three of its nodes on other machines.
    static final String MOVED =
            FILE.replace("haproxy-a: {machine: m1}", "haproxy-a: {machine: m3}")
                    .replace("web-a: {machine: m1}", "web-a: {machine: m3}")
                    .replace("web-c: {machine: m3}", "web-c: {machine: m1}");

    /// Where its file lies.
    Path base() {
        return farm.directory().resolve("site");
    }

    void file(String text) throws IOException {
        Files.createDirectories(base());
        Files.writeString(base().resolve("tandem.yaml"), text);
    }

    Output tandem(String arguments) {
        return tandem(base(), arguments);
    }

    Output tandem(Path directory, String arguments) {
        return farm.called(directory, arguments);
    }

    /// The command of a call as a user types it, to be followed while it runs.
    List<String> command(String arguments) {
        return farm.typed(base(), arguments);
    }

    /// The same, run to its end.
    Output typed(String arguments) {
        return Shell.run(Shell.HOME, command(arguments).toArray(String[]::new));
    }

    /// What a command says that must not fail, without the blanks of columns.
    String ok(String arguments) {
        Output output = tandem(arguments);
        assertThat(output.exit()).as(arguments + "\n" + output.stdout() + output.stderr()).isZero();
        return squeezed(output.stdout() + output.stderr());
    }

    String status() {
        return squeezed(tandem("status").stdout());
    }

    private static String squeezed(String text) {
        return text.replaceAll(" +", " ");
    }
}
