package dev.tandem.file;

import static dev.tandem.file.KeyTable.NONE;
import static dev.tandem.file.KeyTable.REQUIRED;
import static dev.tandem.file.KeyTable.fixed;

import dev.tandem.file.yaml.FileKind;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import java.util.List;

/// Every key of a pair file, as {@link Keys} has those of a site file.
public final class PairKeys {
    private static final KeyTable TABLE = new KeyTable();

    static final Key PAIR =
            TABLE.add(
                    "pair",
                    Shapes.NAME,
                    REQUIRED,
                    "pair: usual",
                    "The name of the pair. Its runs are kept in a directory of this name.");
    static final Key VIP =
            TABLE.add(
                    "vip",
                    Shapes.ADDRESS,
                    REQUIRED,
                    "vip: 10.98.0.150",
                    "The virtual IP: the address that the requests go to.");
    static final Key HTTP =
            TABLE.add("http", Shapes.PORT, fixed("80"), "http: 80", "The port for plain HTTP.");
    static final Key HTTPS =
            TABLE.add(
                    "https",
                    Shapes.PORT,
                    NONE,
                    KeyLimits.of("not the port of `http`").together("ca"),
                    "https: 443",
                    "The port for HTTPS. Without it, no request goes over TLS.");
    static final Key CA =
            TABLE.add(
                    "ca",
                    Shapes.PEM,
                    NONE,
                    KeyLimits.of("at least one certificate").together("https"),
                    "ca: tls/ca.pem",
                    "The CA certificates that the pair's certificate is verified with.");
    static final Key CHECK =
            TABLE.add(
                    "check",
                    Shapes.URL_PATH,
                    fixed("/"),
                    KeyLimits.of(Shapes.URL_PATH_LIMITS),
                    "check: /health",
                    "The path of ordinary requests.");
    static final Key SLOW =
            TABLE.add(
                    "slow",
                    Shapes.URL_PATH,
                    NONE,
                    KeyLimits.of("as `check`"),
                    "slow: /report.pdf",
                    "The path of something large enough to be downloaded for seconds.");
    static final Key UPLOAD =
            TABLE.add(
                    "upload",
                    Shapes.URL_PATH,
                    NONE,
                    KeyLimits.of("as `check`"),
                    "upload: /orders",
                    "A path that accepts a POST with a body of 64 KiB.");
    static final Key SECRET =
            TABLE.add(
                    "secret",
                    Shapes.FILE,
                    NONE,
                    KeyLimits.of("one line of visible ASCII, at most 200 characters"),
                    "secret: ./drill-secret",
                    "A file with what the requests for `slow` and `upload` show in the header"
                            + " `X-Tandem-Drill`.");
    static final Key BALANCERS =
            TABLE.add(
                    "balancers",
                    new Shape.Items("container names", Shapes.CONTAINER, 1, 16),
                    REQUIRED,
                    KeyLimits.of("each once"),
                    "balancers: [usual-bl1, usual-bl2]",
                    "The containers of the balancers, the master first.");
    static final Key SERVERS =
            TABLE.add(
                    "servers",
                    new Shape.Items("container names", Shapes.CONTAINER, 0, 100),
                    NONE,
                    KeyLimits.of("each once", "none of `balancers`"),
                    "servers: [usual-web-a, usual-web-b]",
                    "The containers of the web servers.");

    /// A pair that Tandem did not build, for drills.
    static final FileKind FILE =
            new FileKind(
                    "pair",
                    "it needs at least pair, vip and balancers",
                    "begin with 'pair:' on a line of its own",
                    TABLE.keys());

    private PairKeys() {}

    /// All keys, in the order of the reference document.
    public static List<Key> all() {
        return FILE.keys();
    }
}
