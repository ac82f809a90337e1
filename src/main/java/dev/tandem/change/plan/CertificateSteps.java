package dev.tandem.change.plan;

import dev.tandem.model.Balancer;
import dev.tandem.render.Layout;
import dev.tandem.render.Layout.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Decides which steps bring the certificate that a CA gave to the balancers, and nothing else: it
/// is renewed while nobody looks, and whatever else differs is somebody's to decide. Pure.
///
/// The backup comes first, as in every change. A balancer that does not answer is not told; it
/// reads the file when it starts.
public final class CertificateSteps {
    private final Wanted wanted;
    private final Seen seen;

    private CertificateSteps(Wanted wanted, Seen seen) {
        this.wanted = wanted;
        this.seen = seen;
    }

    /// The steps that turn `seen` into `wanted`, as far as the certificate goes.
    public static Plan plan(Wanted wanted, Seen seen) {
        CertificateSteps steps = new CertificateSteps(wanted, seen);
        List<Step> all = new ArrayList<>();
        wanted.site().balancers().reversed().stream()
                .map(Balancer::name)
                .filter(name -> !seen.holders().contains(name))
                .forEach(name -> all.addAll(steps.of(name)));
        wanted.site().balancers().reversed().stream()
                .map(Balancer::name)
                .filter(name -> seen.holders().contains(name))
                .forEach(name -> all.addAll(steps.of(name)));
        String file = Tls.path(Tls.SITE);
        if (all.isEmpty() && steps.differs(file)) {
            all.add(new Step.Write("site", List.of(file), "a CA gave it"));
        }
        return new Plan(all, List.of());
    }

    private List<Step> of(String node) {
        Seen.OfBalancer says = seen.balancers().get(node);
        if (says == null) {
            return List.of();
        }
        List<Loadable> parts = new ArrayList<>();
        if (isNotLoaded(node, Loadable.CERTIFICATE, says.loaded())) {
            parts.add(Loadable.CERTIFICATE);
        }
        // Only what this change itself brings: an edit of somebody else is not loaded with it.
        boolean account = differs(Layout.haproxy(node));
        if (account) {
            parts.add(Loadable.HAPROXY);
        }
        String cause = account ? "the site has another account at the CA" : "a CA gave it";
        return parts.isEmpty() ? List.of() : List.of(new Step.Reload(node, parts, cause));
    }

    private boolean isNotLoaded(String node, Loadable part, Map<Loadable, String> says) {
        return !Objects.equals(wanted.loaded(node).get(part), says.get(part));
    }

    private boolean differs(String path) {
        return !Objects.equals(wanted.files().get(path), seen.files().present().get(path));
    }
}
