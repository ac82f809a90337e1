package dev.tandem.acme;

import dev.tandem.docker.Command;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How it is proven that names are the site's.
sealed interface Proving {
    /// The balancers answer over HTTP, all of them and all the time: nothing is to be done.
    record ByHttp() implements Proving {}

    /// A program of the operator sets a record in DNS.
    ///
    /// @param runner runs it
    /// @param program its file
    /// @param directory where it runs: that of the site file
    record ByDns(Runner runner, Path program, Path directory) implements Proving {
        /// It returns when DNS has the record, which may take minutes.
        private static final Duration LIMIT = Duration.ofMinutes(10);

        /// Sets a record.
        void add(Txt set) throws OrderFailed {
            Output output = run("add", set);
            if (!output.ok()) {
                throw new OrderFailed(
                        new Stop(
                                Stop.Kind.ENVIRONMENT,
                                "the program of tls.acme.dns did not set a record",
                                "%s add %s ...: exit code %d %s"
                                        .formatted(
                                                program,
                                                set.name(),
                                                output.exit(),
                                                output.lastLines(3)),
                                "nothing was ordered; the certificate that there is goes on",
                                "%s add %s test; then: tandem certificate renew --now"
                                        .formatted(program, set.name())),
                        Optional.empty());
            }
        }

        /// Takes it away. One that stays harms nobody: it is good for one order.
        void remove(Txt set) {
            run("remove", set);
        }

        private Output run(String verb, Txt set) {
            return runner.run(
                    Command.of(LIMIT, List.of(program.toString(), verb, set.name(), set.value()))
                            .in(directory));
        }
    }

    /// A TXT record.
    record Txt(String name, String value) {
        /// The one that a CA looks for (RFC 8555, section 8.4).
        static Txt of(String domain, String value) {
            return new Txt("_acme-challenge." + domain.replaceFirst("^\\*\\.", ""), value);
        }
    }
}
