package dev.tandem.change.plan;

import dev.tandem.model.Role;
import dev.tandem.render.Layout;
import dev.tandem.render.Pages;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Why something differs, in the words of a plan.
///
/// @param wanted the site as it should be
/// @param seen the site as it is
record Causes(Wanted wanted, Seen seen) {
    /// Of a node that runs and did not answer. It may have loaded anything.
    static final String SILENT = "it did not report what it has loaded";

    private static final Set<String> CLIENTS =
            Set.of(Layout.Tls.path(Layout.Tls.CLIENTS), Layout.Tls.path(Layout.Tls.CLIENTS_CRL));

    /// Of a web server that answers drills to everybody, or by another secret.
    private static final String SECRET = "its paths for drills get a secret";

    /// Why these files are not as wanted.
    String ofFiles(List<String> paths) {
        if (paths.stream().anyMatch(seen.files()::changedOutside)) {
            return "changed outside";
        }
        List<String> certificates =
                paths.stream()
                        .filter(path -> Layout.Tls.has(path) && !Layout.Tls.isDrill(path))
                        .toList();
        String keys = seen.origin().text(paths::contains);
        if (certificates.isEmpty()) {
            String own =
                    paths.stream().anyMatch(Layout.Tls::isDrill)
                            ? SECRET
                            : "this version of Tandem writes it differently";
            return keys.isEmpty() ? ofGiven(paths).orElse(own) : keys;
        }
        String own = ofCertificates(certificates);
        return keys.isEmpty() || keys.equals(own) ? own : keys + "; " + own;
    }

    /// Why a file that the site file names is another one, though no key is.
    private Optional<String> ofGiven(List<String> paths) {
        String pages =
                paths.stream()
                        .filter(Pages::has)
                        .map(path -> path.substring(path.lastIndexOf('/') + 1))
                        .collect(Collectors.joining(", "));
        if (!pages.isEmpty()) {
            return Optional.of("what was given for " + pages + " has changed");
        }
        boolean asks =
                wanted.site().routing().routes().stream().anyMatch(one -> one.users().isPresent());
        return asks && paths.stream().anyMatch(path -> path.endsWith("/" + Layout.HAPROXY))
                ? Optional.of(
                        "a file of users has changed, or this version of Tandem writes it"
                                + " differently")
                : Optional.empty();
    }

    /// Why there is another certificate. It is no text that follows from the site file: it may be
    /// another one though no key is.
    private String ofCertificates(List<String> paths) {
        if (paths.stream().allMatch(Layout.Tls::isOfReceiver)) {
            return "the files of notify have changed";
        }
        String site = Layout.Tls.path(Layout.Tls.SITE);
        boolean seenByClients = paths.stream().anyMatch(Layout.Tls::isSeenByClients);
        String keys =
                seen.origin()
                        .below(seenByClients ? List.of("tls", "vip", "balancers") : List.of("tls"));
        if (!keys.isEmpty()) {
            return keys;
        }
        if (paths.stream()
                .anyMatch(path -> Layout.Tls.isSeenByClients(path) && !path.equals(site))) {
            return "the files of tls.certificates have changed";
        }
        if (paths.stream().anyMatch(CLIENTS::contains)) {
            return "the files of tls.clients have changed";
        }
        return wanted.site().tls().provided().isPresent() && seenByClients
                ? "the files of tls.certificate and tls.key have changed"
                : "it was renewed";
    }

    /// Why a node has loaded something other than what is wanted.
    ///
    /// @param differing its files that are not as wanted; none: something other than Tandem caused
    ///   the load
    String ofLoaded(List<String> differing) {
        if (!differing.isEmpty()) {
            return ofFiles(differing);
        }
        return left().orElse("changed outside");
    }

    /// Why a container is made from something different.
    String ofContainer(String service) {
        String keys = seen.origin().text(service::equals);
        Optional<String> image =
                Optional.ofNullable(seen.containers().get(service)).flatMap(this::ofImage);
        if (keys.equals(Origin.AS_BEFORE)) {
            return keys;
        }
        if (!keys.isEmpty()) {
            return image.map(other -> keys + "; " + other).orElse(keys);
        }
        return image.orElse("its image changed, or this version of Tandem creates it differently");
    }

    /// Why a container's image is another one; empty when it is not, or nobody knows.
    private Optional<String> ofImage(Seen.Box box) {
        if (box.isOfAnotherImage()) {
            return Optional.of("its image was rebuilt under the same name");
        }
        String image =
                wanted.images().get((Role.WEB.is(box.role()) ? Role.WEB : Role.BALANCER).word());
        return image == null || box.image().isEmpty() || box.image().equals(image)
                ? Optional.empty()
                : Optional.of("another image: " + box.image() + " → " + image);
    }

    /// Why a container is attached.
    String ofLinks(List<Link> links) {
        return "it " + links.stream().map(Link::words).collect(Collectors.joining(", and it "));
    }

    /// Why something is set by hand without an order.
    String unasked() {
        return left().orElse("not requested: changed outside");
    }

    /// The change that left it: one that was interrupted, or the one that is being taken back.
    private Optional<String> left() {
        return switch (seen.origin()) {
            case Origin.Edited edited -> edited.interrupted().map(change -> "left by " + change);
            case Origin.TakenBack back -> Optional.of(back.text());
        };
    }
}
