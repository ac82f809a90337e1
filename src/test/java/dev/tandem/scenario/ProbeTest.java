package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `probe` in the image of the balancers, where the certificate is one of the user's own.
@Tag("containers")
class ProbeTest {
    /// Two certificates of one CA; the first is given, with its CA behind it. Each is served once.
    private static final String TWO_OF_ONE_CA =
            """
            cd /tmp && mkdir -p /etc/tandem-tls
            new='openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
            $new -x509 -keyout ca.key -out ca.pem -subj /CN=ca
            for name in given other; do
              $new -keyout $name.key -out $name.csr -subj /CN=$name.example
              openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out $name.crt
            done
            cat given.crt ca.pem given.key >/etc/tandem-tls/site.pem
            for name in given other; do
              openssl s_server -accept 443 -cert $name.crt -key $name.key -cert_chain ca.pem -www \
                >/dev/null &
              until (: </dev/tcp/127.0.0.1/443); do :; done
              echo $name $(probe 127.0.0.1 80 443 - 1 | grep https)
              kill $! && wait
            done
            """;

    /// A change of the certificate that did not come into force would pass otherwise.
    @Test
    void onlyTheCertificateThatWasGivenIsAcceptedAndNoOtherOfItsCa() {
        Output output =
                Shell.run(
                        Shell.HOME,
                        "docker",
                        "run",
                        "--rm",
                        "--network",
                        "none",
                        "--label",
                        "dev.tandem.check=" + TestSite.CHECK,
                        "--entrypoint",
                        "bash",
                        Builds.once().balancer(),
                        "-c",
                        TWO_OF_ONE_CA);
        assertThat(output.lines()).containsExactly("given https 200", "other https tls");
    }
}
