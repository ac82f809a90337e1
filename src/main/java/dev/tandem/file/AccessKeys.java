package dev.tandem.file;

import static dev.tandem.file.KeyTable.NONE;
import static dev.tandem.file.KeyTable.derived;
import static dev.tandem.file.KeyTable.fixed;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import java.util.List;

/// The keys of who is let in: by certificate, and by address.
final class AccessKeys {
    static final List<String> VERIFY = List.of("required", "optional");
    static final KeyLimits RANGES = KeyLimits.of("each is an address, a subnet, or `any`");
    private static final int MOST = 10_000;

    static final KeyTable TABLE = new KeyTable();

    static final Key CLIENTS =
            TABLE.add(
                    "tls.clients",
                    Shapes.PEM,
                    derived("clients are not asked for a certificate"),
                    KeyLimits.of("at least one certificate"),
                    "clients: ./clients-ca.pem",
                    "The CAs of the certificates that clients show (mutual TLS). Plain HTTP counts"
                            + " as showing none.");
    static final Key CLIENTS_CRL =
            TABLE.add(
                    "tls.clients_crl",
                    Shapes.PEM,
                    derived("none is revoked"),
                    KeyLimits.of("a list of each CA in `clients`, signed by it")
                            .together("clients"),
                    "clients_crl: ./clients.crl",
                    "The revocation lists of these CAs. When one is past its next update, every"
                            + " certificate of its CA is refused.");
    static final Key CLIENTS_VERIFY =
            TABLE.add(
                    "tls.clients_verify",
                    new Shape.Word(VERIFY),
                    fixed("required"),
                    KeyLimits.of().together("clients"),
                    "clients_verify: optional",
                    "Whether a request without a certificate gets 403. A route may say otherwise.");

    static final Key ACCESS =
            TABLE.add(
                    "access",
                    Shapes.MAP,
                    NONE,
                    "access: {deny: [198.51.100.0/24]}",
                    "Whose connections the balancers take, for HTTP, HTTPS and `services`. The"
                            + " others are closed at once; behind a trusted proxy they get 403.");
    static final Key ACCESS_ALLOW =
            TABLE.add(
                    "access.allow",
                    new Shape.Items("addresses", Shapes.RANGE, 1, MOST),
                    derived("everybody"),
                    RANGES,
                    "allow: [10.0.0.0/8]",
                    "The only ones. This host is one of them, if drills are to reach the site.");
    static final Key ACCESS_DENY =
            TABLE.add(
                    "access.deny",
                    new Shape.Items("addresses", Shapes.RANGE, 1, MOST),
                    derived("nobody"),
                    KeyLimits.of("each is an address or a subnet, and not everybody"),
                    "deny: [198.51.100.0/24, 203.0.113.7]",
                    "Who is not let in, also if `allow` has them. A change is in force without a"
                            + " reload.");

    private AccessKeys() {}
}
