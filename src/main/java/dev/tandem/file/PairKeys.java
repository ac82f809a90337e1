package dev.tandem.file;

import dev.tandem.file.yaml.FileKind;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Key.Fallback.Fixed;
import dev.tandem.file.yaml.Key.Fallback.None;
import dev.tandem.file.yaml.Key.Fallback.Required;
import java.util.List;

/// Every key of a pair file, in one place: what {@link Keys} is for a site file.
public final class PairKeys {
    static final Key PAIR =
            new Key(
                    "pair",
                    "name",
                    new Required(),
                    "pair: usual",
                    "What the pair is called; its runs are kept below this name.");
    static final Key VIP =
            new Key(
                    "vip",
                    "IPv4 address",
                    new Required(),
                    "vip: 10.98.0.150",
                    "The virtual IP: the address that the requests go to.");
    static final Key HTTP =
            new Key("http", "port", new Fixed("80"), "http: 80", "The port for plain HTTP.");
    static final Key HTTPS =
            new Key(
                    "https",
                    "port",
                    new None(),
                    "https: 443",
                    "The port for HTTPS; without it no request goes over TLS.");
    static final Key CA =
            new Key(
                    "ca",
                    "path of a PEM file",
                    new None(),
                    "ca: tls/ca.pem",
                    "The CA certificates that the pair's certificate must come from.");
    static final Key CHECK =
            new Key(
                    "check",
                    "URL path",
                    new Fixed("/"),
                    "check: /health",
                    "What ordinary requests ask for.");
    static final Key SLOW =
            new Key(
                    "slow",
                    "URL path",
                    new None(),
                    "slow: /report.pdf",
                    "Something large enough to be downloaded for seconds.");
    static final Key UPLOAD =
            new Key(
                    "upload",
                    "URL path",
                    new None(),
                    "upload: /orders",
                    "What takes a POST with a body of 64 KiB.");
    static final Key BALANCERS =
            new Key(
                    "balancers",
                    "list of container names, 1 to 16",
                    new Required(),
                    "balancers: [usual-bl1, usual-bl2]",
                    "The containers of the balancers, the master first.");
    static final Key SERVERS =
            new Key(
                    "servers",
                    "list of container names, at most 100",
                    new None(),
                    "servers: [usual-web-a, usual-web-b]",
                    "The containers of the web servers.");

    /// A pair that somebody else built, to be drilled.
    static final FileKind FILE =
            new FileKind(
                    "pair",
                    "it needs at least pair, vip and balancers",
                    "begin with 'pair:' on a line of its own",
                    List.of(PAIR, VIP, HTTP, HTTPS, CA, CHECK, SLOW, UPLOAD, BALANCERS, SERVERS));

    private PairKeys() {}

    /// All of them, in the order of the reference document.
    public static List<Key> all() {
        return FILE.keys();
    }
}
