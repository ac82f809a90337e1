package dev.tandem.load.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/// Makes the TLS side of connections: it trusts only the given authorities, checks that the
/// certificate is for the target's name or address, offers only HTTP/1.1, and never resumes a
/// session.
///
/// The JDK resumes a session with any host and port that it has met before, and that cannot be
/// switched off for a single context. So each engine is given a unique port: the number serves only
/// as the key of that cache.
public final class TlsEngines {
    private static final int PORTS = 65_535;

    /// P-256 first: the JDK has intrinsics for it, and every server supports it.
    private static final String[] GROUPS = {"secp256r1", "x25519", "secp384r1", "secp521r1"};

    private final SSLContext context;
    private final String host;
    private final List<SNIServerName> names;
    private int port;

    /// @param authorities the trusted ones
    /// @param host the name or address that the certificate must be for
    public TlsEngines(List<X509Certificate> authorities, String host) {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, trust(authorities).getTrustManagers(), null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no TLS with these certificate authorities", e);
        }
        context.getClientSessionContext().setSessionCacheSize(1);
        this.host = host;
        // An address is not sent as a server name (RFC 6066, 3).
        names = host.matches("[0-9.]+") ? List.of() : List.of(new SNIHostName(host));
    }

    private static TrustManagerFactory trust(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("ca" + i, authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory;
    }

    public SSLEngine engine() {
        port = port % PORTS + 1;
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        parameters.setServerNames(names);
        parameters.setNamedGroups(GROUPS);
        engine.setSSLParameters(parameters);
        return engine;
    }
}
