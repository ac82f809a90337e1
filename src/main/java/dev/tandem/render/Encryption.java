package dev.tandem.render;

/// What is offered over TLS: Mozilla's "intermediate" configuration, version 5.8, in OpenSSL's
/// notation.
final class Encryption {
    /// For TLS 1.2: forward secrecy, and no CBC.
    static final String CIPHERS =
            "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
                    + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
                    + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

    /// For TLS 1.3.
    static final String SUITES =
            "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

    /// For the exchange of keys. The first is a hybrid: what is recorded today stays secret also
    /// from whoever breaks elliptic curves one day. OpenSSL knows it from 3.5 on, which Debian 13
    /// has.
    static final String CURVES = "X25519MLKEM768:X25519:prime256v1:secp384r1";

    private Encryption() {}
}
