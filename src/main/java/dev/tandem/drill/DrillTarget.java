package dev.tandem.drill;

import dev.tandem.load.ClassPlan;
import dev.tandem.load.Pass;
import dev.tandem.load.RequestClass;
import dev.tandem.load.Target;
import dev.tandem.model.Backend.Sticky;
import dev.tandem.model.Pair;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.render.DrillPaths;
import dev.tandem.render.Layout.Tls;
import dev.tandem.text.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Where a drill sends its requests, and of which kinds: the VIP, as clients use it.
final class DrillTarget {
    /// How long an idle connection is silent.
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private DrillTarget() {}

    /// The VIP of a site, with the CA of its certificate.
    ///
    /// @param tls the directory of the site's certificates
    /// @param pass what the site's web servers answer the paths for drills to
    static Target of(Site site, Path tls, Pass pass) {
        try {
            InetAddress vip = InetAddress.getByName(site.vip().address().toString());
            List<X509Certificate> trusted =
                    new ArrayList<>(certificates(tls.resolve(Tls.AUTHORITY)));
            trusted.addAll(certificates(tls.resolve(Tls.SITE)));
            return Target.of(vip, site.listen().http(), site.listen().https())
                    .trusting(trusted)
                    .showing(pass);
        } catch (IOException | Pem.Unreadable e) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "cannot read the certificates of site " + site.name(),
                    e.toString(),
                    "nothing was broken",
                    "tandem up");
        }
    }

    /// The VIP of a pair that Tandem did not build. Without HTTPS, its port is never used.
    ///
    /// @param base the directory of the pair file
    static Target of(Pair pair, Path base) {
        try {
            InetAddress vip = InetAddress.getByName(pair.vip().toString());
            Target target =
                    Target.of(vip, pair.http(), pair.https().map(Pair.Https::port).orElse(443));
            if (pair.https().isPresent()) {
                Path authority = base.resolve(pair.https().get().ca());
                target = target.trusting(certificates(authority));
            }
            if (pair.paths().secret().isPresent()) {
                Path secret = base.resolve(pair.paths().secret().get());
                target = target.showing(new Pass(Files.readString(secret).strip()));
            }
            return target;
        } catch (IOException | Pem.Unreadable e) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "cannot read the certificates or the secret of pair " + pair.name(),
                    e.toString(),
                    "nothing was broken",
                    "correct `ca` and `secret` in the pair file");
        }
    }

    /// The requests for such a pair: those for which its file has ports and paths.
    static List<ClassPlan> classes(Pair pair) {
        List<ClassPlan> classes = usual(pair.paths().check());
        if (pair.https().isEmpty()) {
            classes.removeIf(plan -> plan.kind().isTls());
        }
        pair.paths().slow().ifPresent(path -> classes.add(slow(path)));
        pair.paths().upload().ifPresent(path -> classes.add(upload(path)));
        return classes;
    }

    /// The requests for a site that Tandem built. Slow answers and uploads only if Tandem runs
    /// every web server: others do not have the paths for them.
    static List<ClassPlan> classes(Site site) {
        List<ClassPlan> classes = usual(site.defaultPool().settings().pathForClients());
        if (site.defaultPool().settings().sticky() != Sticky.NONE) {
            classes.add(sticky(site.defaultPool().settings().pathForClients()));
        }
        if (site.ownServers().size() == site.allServers().size()) {
            classes.add(slow(DrillPaths.SLOW));
            classes.add(upload(DrillPaths.UPLOAD));
        }
        return classes;
    }

    /// The kinds of requests that every web server can answer, weighted: half of them over new
    /// connections. Few of these use TLS: a full handshake costs the generator about 3 ms of
    /// processor time, and it must keep its schedule.
    ///
    /// @param path the path to request
    static List<ClassPlan> usual(String path) {
        List<ClassPlan> classes = new ArrayList<>();
        classes.add(ClassPlan.of(RequestClass.NEW_HTTP, 80).asking(path));
        classes.add(ClassPlan.of(RequestClass.NEW_HTTPS, 10).asking(path));
        classes.add(ClassPlan.of(RequestClass.KEPT_HTTP, 60).asking(path));
        classes.add(ClassPlan.of(RequestClass.KEPT_HTTPS, 30).asking(path));
        classes.add(ClassPlan.of(RequestClass.IDLE, 2).asking(path).lasting(SILENCE));
        return classes;
    }

    /// Answers that take seconds because the web server takes its time.
    static ClassPlan slow(String path) {
        return ClassPlan.of(RequestClass.SLOW, 6).asking(path).lasting(Duration.ZERO);
    }

    /// Requests of a few clients that should stay with the web server that they have.
    static ClassPlan sticky(String path) {
        return ClassPlan.of(RequestClass.STICKY, 20).asking(path);
    }

    /// Requests that must not run twice.
    static ClassPlan upload(String path) {
        return ClassPlan.of(RequestClass.UPLOAD, 12).asking(path);
    }

    private static List<X509Certificate> certificates(Path file)
            throws IOException, Pem.Unreadable {
        return Pem.certificates(Files.readString(file));
    }
}
