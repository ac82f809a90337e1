package dev.tandem.change.state;

import dev.tandem.change.plan.Loadable;
import dev.tandem.change.plan.Wanted;
import dev.tandem.model.Balancer;
import dev.tandem.model.Orders;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Renderer;
import dev.tandem.render.Rendering;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A state of a site as it lies in a directory: its files, and beside them in notes what they were
/// made of. The present state lies in `.tandem/SITE`, the next one is made in `.next`, the one
/// before a change is kept in the history: all of the same form, so that each can be what is
/// wanted.
public record SavedState(SiteDirectory directory) {
    private static final String SERVICES = ".services";
    private static final String ORDERS = ".orders";
    private static final String SITE_FILE = ".tandem.yaml";
    private static final List<String> NOTES =
            Stream.concat(Stream.of(SERVICES, ORDERS, SITE_FILE), Preparation.NOTES.stream())
                    .toList();

    /// Notes what the files of the directory were made of.
    ///
    /// @param siteFile the text of the site file
    public void describe(String siteFile, Orders orders, Rendering rendering) {
        StringBuilder stamps = new StringBuilder();
        rendering
                .services()
                .forEach((service, stamp) -> stamps.append(service + " " + stamp + "\n"));
        directory.note(SERVICES, stamps.toString());
        directory.note(ORDERS, OrdersText.of(orders));
        directory.note(SITE_FILE, siteFile);
    }

    /// What operators ask for.
    public Orders orders() {
        return OrdersText.parse(directory.read(ORDERS));
    }

    /// The text of the site file; empty when the site was never brought up.
    public String siteFile() {
        return directory.read(SITE_FILE);
    }

    /// Where that text lies.
    public Path siteFilePath() {
        return directory.root().resolve(SITE_FILE);
    }

    /// Whether there is a state here at all.
    public boolean exists() {
        return !directory.read(SERVICES).isEmpty();
    }

    /// Takes the notes over from another state, when its files have taken their place.
    public void takeNotes(SavedState other) {
        for (String note : NOTES) {
            String text = other.directory.read(note);
            if (!text.isEmpty() || !directory.read(note).isEmpty()) {
                directory.note(note, text);
            }
        }
    }

    /// The same for the orders alone.
    public void takeOrders(SavedState other) {
        directory.note(ORDERS, other.directory.read(ORDERS));
    }

    /// Copies all of it into an empty directory.
    public void copyTo(SiteDirectory copy) {
        copy.install(directory, directory.written().keySet());
        new SavedState(copy).takeNotes(this);
        copy.note(SiteDirectory.WRITTEN, directory.read(SiteDirectory.WRITTEN));
    }

    /// Gives this state other orders; the rest stays.
    ///
    /// @param site the model of {@link #siteFile()}
    public void order(Site site, Orders orders) {
        Renderer.orders(site, orders).forEach(directory::note);
        directory.note(ORDERS, OrdersText.of(orders));
    }

    /// This state as what is wanted.
    ///
    /// @param site the model of {@link #siteFile()}
    public Wanted wanted(Site site) {
        SortedMap<String, String> files = directory.hashes(directory.paths());
        return new Wanted(site, orders(), stamps(), files, loaded(site, files));
    }

    /// What would be wanted if the site was rendered now. Its certificates stay as they lie here;
    /// whether one is due to be renewed is not asked. One that is gone counts as it was installed:
    /// it is missing.
    ///
    /// @param rendering all other files, and the stamps
    public Wanted wanted(Site site, Rendering rendering) {
        TreeMap<String, String> files = new TreeMap<>(directory.written());
        files.keySet().removeIf(path -> !isCertificateOf(site, path));
        List<String> present =
                new SiteDirectory(directory.tls())
                        .paths().stream().map(path -> SiteDirectory.TLS + path).toList();
        files.putAll(directory.hashes(present));
        rendering.files().forEach((path, text) -> files.put(path, Rendering.sha256(text)));
        return new Wanted(site, orders(), rendering.services(), files, loaded(site, files));
    }

    /// Those of web servers that left stay where they are, and nobody needs them.
    private static boolean isCertificateOf(Site site, String path) {
        return path.startsWith(SiteDirectory.TLS)
                && (path.indexOf('/', SiteDirectory.TLS.length()) < 0
                        || path.startsWith(SiteDirectory.TLS + "balancer/")
                        || site.ownServers().stream()
                                .anyMatch(own ->
                                        path.startsWith(SiteDirectory.TLS + own.name() + "/")));
    }

    /// What each node should have loaded, when these are the files.
    private Map<String, Map<Loadable, String>> loaded(Site site, SortedMap<String, String> files) {
        Map<String, Map<Loadable, String>> loaded = new HashMap<>();
        for (Balancer balancer : site.balancers()) {
            loaded.put(balancer.name(), ofBalancer(balancer.name(), files));
        }
        for (Server.Own server : site.ownServers()) {
            loaded.put(server.name(), ofServer(server.name(), files));
        }
        return loaded;
    }

    private static Map<Loadable, String> ofServer(String name, SortedMap<String, String> files) {
        Map<Loadable, String> parts = new EnumMap<>(Loadable.class);
        put(parts, Loadable.NGINX, files.get(name + "/nginx.conf"));
        put(parts, Loadable.SERVER_CERTIFICATE, files.get("tls/" + name + "/server.pem"));
        return parts;
    }

    private Map<Loadable, String> ofBalancer(String name, SortedMap<String, String> files) {
        Map<Loadable, String> parts = new EnumMap<>(Loadable.class);
        put(parts, Loadable.HAPROXY, files.get(name + "/haproxy.cfg"));
        put(parts, Loadable.KEEPALIVED, files.get(name + "/keepalived.conf"));
        put(parts, Loadable.HANDOVER, files.get(name + "/handover.nft"));
        put(parts, Loadable.CERTIFICATE, files.get("tls/balancer/site.pem"));
        StringBuilder authorities = new StringBuilder();
        files.keySet().stream()
                .filter(path -> path.startsWith("tls/balancer/ca"))
                .forEach(path -> authorities.append(directory.read(path)));
        put(parts, Loadable.CA, Rendering.sha256(authorities.toString()));
        return parts;
    }

    private static void put(Map<Loadable, String> parts, Loadable part, @Nullable String hash) {
        if (hash != null) {
            parts.put(part, hash);
        }
    }

    private SortedMap<String, String> stamps() {
        TreeMap<String, String> stamps = new TreeMap<>();
        directory
                .read(SERVICES)
                .lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> stamps.put(words[0], words[1]));
        return stamps;
    }
}
