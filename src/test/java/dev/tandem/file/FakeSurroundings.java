package dev.tandem.file;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files and directories that test cases refer to, none of them on disk.
public final class FakeSurroundings implements Surroundings {
    private static final SampleCertificate RSA = SampleCertificate.rsa();
    private static final SampleCertificate EC = SampleCertificate.ec();
    private static final SampleCertificate ED25519 = SampleCertificate.ed25519();
    private static final String NOISE =
            """
            -----BEGIN CERTIFICATE-----
            Tm8=
            -----END CERTIFICATE-----
            """;
    private static final String ENCRYPTED =
            """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            Tm8=
            -----END ENCRYPTED PRIVATE KEY-----
            """;
    private static final String ENCRYPTED_BEFORE =
            """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-256-CBC,00

            Tm8=
            -----END RSA PRIVATE KEY-----
            """;

    /// Of "secret".
    private static final String BCRYPT =
            "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n";

    private static final String SHA = "$5$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM.\n";

    private static final Set<String> DIRECTORIES =
            Set.of("./my-site", "my site", "/srv/www", "./trang-chủ", "/", ".");

    private static final Map<String, byte[]> FILES =
            Map.ofEntries(
                    Map.entry("rsa.crt", SampleCertificate.bytes(RSA.certificatePem())),
                    Map.entry("rsa.key", SampleCertificate.bytes(RSA.pkcs8())),
                    Map.entry(
                            "other-rsa.key",
                            SampleCertificate.bytes(SampleCertificate.rsa().pkcs8())),
                    Map.entry("rsa-pkcs1.key", SampleCertificate.bytes(RSA.traditional())),
                    Map.entry("rsa.der", RSA.der()),
                    Map.entry(
                            "chain.crt",
                            SampleCertificate.bytes(
                                    "leaf:\n" + RSA.certificatePem() + EC.certificatePem())),
                    Map.entry(
                            "together.pem",
                            SampleCertificate.bytes(RSA.certificatePem() + "\n" + RSA.pkcs8())),
                    Map.entry("ec.crt", SampleCertificate.bytes(EC.certificatePem())),
                    Map.entry("ec.key", SampleCertificate.bytes(EC.pkcs8())),
                    Map.entry("ec-sec1.key", SampleCertificate.bytes(EC.traditional())),
                    Map.entry("ed25519.crt", SampleCertificate.bytes(ED25519.certificatePem())),
                    Map.entry("ed25519.key", SampleCertificate.bytes(ED25519.pkcs8())),
                    Map.entry("./api.pem", SampleCertificate.bytes(EC.certificatePem())),
                    Map.entry("./api.key", SampleCertificate.bytes(EC.pkcs8())),
                    Map.entry("./company-ca.pem", SampleCertificate.bytes(EC.certificatePem())),
                    Map.entry("ca.pem", SampleCertificate.bytes(EC.certificatePem())),
                    Map.entry("encrypted.key", SampleCertificate.bytes(ENCRYPTED)),
                    Map.entry("encrypted-before.key", SampleCertificate.bytes(ENCRYPTED_BEFORE)),
                    Map.entry("two.key", SampleCertificate.bytes(RSA.pkcs8() + EC.pkcs8())),
                    Map.entry("damaged.crt", SampleCertificate.bytes(RSA.certificatePem() + NOISE)),
                    Map.entry("./sorry.html", page("<h1>Sorry</h1>\n")),
                    Map.entry("./maintenance.html", page("<h1>Back soon</h1>\n")),
                    Map.entry("./page.html", page("<h1>Page</h1>\n")),
                    Map.entry("./mail.login", page("ops@example.com:pass word\n")),
                    Map.entry("./told.sh", page("#!/bin/sh\ncat\n")),
                    Map.entry("./page.php", page("<?php\n")),
                    Map.entry("./empty.html", page("")),
                    Map.entry("./long.html", page("x".repeat(15 * 1024 + 1))),
                    Map.entry("./latin1.html", "sorry für".getBytes(StandardCharsets.ISO_8859_1)),
                    Map.entry("./htpasswd", page("# ours\n\nanna:" + BCRYPT + "ben:" + SHA)),
                    Map.entry("./htpasswd-twice", page("anna:" + BCRYPT + "anna:" + SHA)),
                    Map.entry("./htpasswd-plain", page("anna:" + BCRYPT + "ben:secret\n")),
                    Map.entry(
                            "./htpasswd-apache",
                            page("anna:$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/\n")),
                    Map.entry("./htpasswd-costly", page("anna:" + BCRYPT.replace("$05", "$12"))),
                    Map.entry(
                            "together-cas.pem",
                            SampleCertificate.bytes(RSA.certificatePem() + EC.certificatePem())),
                    Map.entry("./clients-ca.pem", SampleCertificate.bytes(RSA.certificatePem())),
                    Map.entry("./clients.crl", SampleCertificate.bytes(RSA.revokes())),
                    Map.entry("rsa.crl", SampleCertificate.bytes(RSA.revokes())),
                    Map.entry(
                            "damaged.crl",
                            SampleCertificate.bytes(
                                    RSA.revokes() + NOISE.replace("CERTIFICATE", "X509 CRL"))),
                    Map.entry("drill-secret", SampleCertificate.bytes("0123456789abcdef\n")),
                    Map.entry("nonsense.pem", SampleCertificate.bytes("not what it says\n")));

    private static byte[] page(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isDirectory(String path) {
        return DIRECTORIES.contains(path);
    }

    @Override
    public boolean holdsSite(String path) {
        return path.equals("/") || path.equals(".");
    }

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(FILES.get(path));
    }
}
