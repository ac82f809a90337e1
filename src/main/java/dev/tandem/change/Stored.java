package dev.tandem.change;

import dev.tandem.deploy.SiteDirectory;
import dev.tandem.model.Balancer;
import dev.tandem.model.Orders;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.render.Renderer;
import dev.tandem.render.Rendering;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A state of a site as it lies in a directory: its files, and beside them in notes what they were
/// made of. The present state lies in `.tandem/SITE`, the next one is made in `.next`, the one
/// before a change is kept in `.before`, then in the history: all of the same form, so that each
/// can be what is wanted.
record Stored(SiteDirectory directory) {
    private static final String SERVICES = ".services";
    private static final String ORDERS = ".orders";
    static final String SITE_FILE = ".tandem.yaml";
    private static final String RENDERED = ".rendered";
    private static final List<String> NOTES =
            List.of(SERVICES, ORDERS, SITE_FILE, ".lan", ".certificate-ends");

    /// Notes what the files of the directory were made of.
    ///
    /// @param siteFile the text of the site file
    void describe(String siteFile, Orders orders, Rendering rendering) {
        StringBuilder stamps = new StringBuilder();
        rendering
                .services()
                .forEach((service, stamp) -> stamps.append(service + " " + stamp + "\n"));
        directory.note(SERVICES, stamps.toString());
        directory.note(ORDERS, OrdersText.of(orders));
        directory.note(SITE_FILE, siteFile);
    }

    /// What operators ask for.
    Orders orders() {
        return OrdersText.parse(directory.read(ORDERS));
    }

    /// The text of the site file; empty when the site was never brought up.
    String siteFile() {
        return directory.read(SITE_FILE);
    }

    /// Whether there is a state here at all.
    boolean exists() {
        return !directory.read(SERVICES).isEmpty();
    }

    /// Takes the notes over from another state, when its files have taken their place.
    void takeNotes(Stored other) {
        for (String note : NOTES) {
            String text = other.directory.read(note);
            if (!text.isEmpty() || !directory.read(note).isEmpty()) {
                directory.note(note, text);
            }
        }
    }

    /// The same for the orders alone.
    void takeOrders(Stored other) {
        directory.note(ORDERS, other.directory.read(ORDERS));
    }

    /// Copies all of it into an empty directory.
    void copyTo(SiteDirectory copy) {
        copy.install(directory, directory.written().keySet());
        new Stored(copy).takeNotes(this);
        copy.note(RENDERED, directory.read(RENDERED));
    }

    /// Gives this state other orders; the rest stays.
    ///
    /// @param site the model of {@link #siteFile()}
    void order(Site site, Orders orders) {
        Renderer.orders(site, orders).forEach(directory::note);
        directory.note(ORDERS, OrdersText.of(orders));
    }

    /// This state as what is wanted.
    ///
    /// @param site the model of {@link #siteFile()}
    Wanted wanted(Site site) {
        SortedMap<String, String> files = directory.hashes(directory.paths());
        Map<String, Map<Loadable, String>> loaded = new HashMap<>();
        for (Balancer balancer : site.balancers()) {
            loaded.put(balancer.name(), ofBalancer(balancer.name(), files));
        }
        for (Server.Own server : site.ownServers()) {
            Map<Loadable, String> parts = new EnumMap<>(Loadable.class);
            put(parts, Loadable.NGINX, files.get(server.name() + "/nginx.conf"));
            put(
                    parts,
                    Loadable.SERVER_CERTIFICATE,
                    files.get("tls/" + server.name() + "/server.pem"));
            loaded.put(server.name(), parts);
        }
        return new Wanted(site, orders(), stamps(), files, loaded);
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

    private static void put(
            Map<Loadable, String> parts,
            Loadable part,
            @org.jspecify.annotations.Nullable String hash) {
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
