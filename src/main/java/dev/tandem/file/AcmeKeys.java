package dev.tandem.file;

import static dev.tandem.file.KeyTable.NONE;
import static dev.tandem.file.KeyTable.REQUIRED;
import static dev.tandem.file.KeyTable.derived;
import static dev.tandem.file.KeyTable.fixed;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import dev.tandem.model.Acme;

/// The keys of a certificate that a CA gives by itself.
final class AcmeKeys {
    static final KeyTable TABLE = new KeyTable();

    static final Key ACME =
            TABLE.add(
                    "tls.acme",
                    Shapes.MAP,
                    NONE,
                    KeyLimits.of("instead of `tls.names` and `tls.certificate`"),
                    "acme: {names: [www.example.org]}",
                    "A certificate from a CA that gives them by itself (ACME), ordered with `tandem"
                            + " certificate renew`.");
    static final Key ACME_EMAIL =
            TABLE.add(
                    "tls.acme.email",
                    Shapes.text("e-mail address", "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+"),
                    NONE,
                    KeyLimits.of("ASCII, without spaces"),
                    "email: admin@example.org",
                    "Whom the CA may write to.");
    static final Key ACME_DIRECTORY =
            TABLE.add(
                    "tls.acme.directory",
                    Shapes.text(
                            "`letsencrypt`, `letsencrypt-staging` or a URL",
                            "(letsencrypt|letsencrypt-staging|https://[!-~]+)"),
                    fixed(Acme.STAGING),
                    KeyLimits.of("a URL begins with `https://`; no quotes, `\\` or `#`"),
                    "directory: letsencrypt",
                    "The CA. Nobody trusts certificates of the staging one: there, mistakes cost"
                            + " nothing.");
    static final Key ACME_NAMES =
            TABLE.add(
                    "tls.acme.names",
                    new Shape.Items("hostnames", Shapes.HOSTNAME, 1, 100),
                    REQUIRED,
                    KeyLimits.of("lower case", "a leading `*.` needs `dns`"),
                    "names: [example.org, www.example.org]",
                    "The hostnames of the certificate. The CA asks each of them on port 80.");
    static final Key ACME_CA =
            TABLE.add(
                    "tls.acme.ca",
                    Shapes.PEM,
                    derived("the CAs that Java trusts"),
                    "ca: ./company-ca.pem",
                    "The CA certificates that a directory of your own is verified with.");
    static final Key ACME_DNS =
            TABLE.add(
                    "tls.acme.dns",
                    Shapes.FILE,
                    derived("the balancers answer for the names, over HTTP"),
                    "dns: ./set-record",
                    "A program that sets a record in DNS (`add NAME VALUE`) and takes it away"
                            + " (`remove NAME VALUE`): the names are proven by DNS then.");

    private AcmeKeys() {}
}
