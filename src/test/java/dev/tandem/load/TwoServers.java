package dev.tandem.load;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// The two ports of a target, plain and TLS, both behaving the same; and plans against them.
///
/// @param authority the signer of the certificate
/// @param http speaks plain HTTP
/// @param https speaks TLS
record TwoServers(TestAuthority authority, ScriptedServer http, ScriptedServer https)
        implements AutoCloseable {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final SSLContext TLS = AUTHORITY.server("127.0.0.1");
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final BodyCheck HELLO =
            BodyCheck.exactly(
                    ScriptedServer.BODY.getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    static TwoServers doing(Act act) {
        return doing(request -> act);
    }

    static TwoServers doing(Function<ScriptedServer.Request, Act> script) {
        return new TwoServers(
                AUTHORITY, new ScriptedServer(null, script), new ScriptedServer(TLS, script));
    }

    Target target() {
        return Target.of(InetAddress.getLoopbackAddress(), http.port(), https.port())
                .trusting(List.of(authority.certificate()));
    }

    /// A short class, with 60 ms where it is drawn out, but with generous limits, for busy
    /// machines.
    static ClassPlan quick(RequestClass kind) {
        boolean drawnOut = ClassPlan.of(kind, 1).lasting().isPositive();
        return ClassPlan.of(kind, 1)
                .lasting(Duration.ofMillis(drawnOut ? 60 : 0))
                .within(PATIENCE, PATIENCE)
                .over(3)
                .expecting(HELLO);
    }

    /// All classes at once, for a fifth of a second.
    LoadPlan everything() {
        ClassPlan[] all =
                Stream.of(RequestClass.values())
                        .filter(kind -> !kind.isStream())
                        .map(TwoServers::quick)
                        .toArray(ClassPlan[]::new);
        return LoadPlan.of(target(), "t1", 210, Duration.ofMillis(200), all);
    }

    /// The ids of all requests the two received, in any order.
    List<String> ids() {
        return Stream.concat(http.ids().stream(), https.ids().stream()).toList();
    }

    @Override
    public void close() {
        http.close();
        https.close();
    }
}
