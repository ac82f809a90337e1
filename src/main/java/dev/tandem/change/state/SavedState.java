package dev.tandem.change.state;

import dev.tandem.change.plan.Loadable;
import dev.tandem.change.plan.Wanted;
import dev.tandem.model.Balancer;
import dev.tandem.model.Orders;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.prepare.MachineCertificates;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Layout;
import dev.tandem.render.Notes;
import dev.tandem.render.Layout.Tls;
import dev.tandem.render.Renderer;
import dev.tandem.render.Rendering;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A state of a site in a directory: its files, and notes about what they were made from. The
/// present state is in `.tandem/SITE`, the next one is made in `.next`, the one before a change is
/// kept in the history. All have the same form, so that each can serve as the wanted state.
public record SavedState(SiteDirectory directory) {
    private static final List<String> NOTES =
            Stream.concat(
                            Stream.of(Notes.SERVICES, Notes.ORDERS, Notes.SITE_FILE),
                            Preparation.NOTES.stream())
                    .toList();

    /// Notes what the files of the directory were made from.
    ///
    /// @param siteFile the text of the site file
    public void describe(String siteFile, Orders orders, Rendering rendering) {
        StringBuilder stamps = new StringBuilder();
        rendering
                .services()
                .forEach((service, stamp) -> stamps.append(service + " " + stamp + "\n"));
        directory.note(Notes.SERVICES, stamps.toString());
        directory.note(Notes.ORDERS, OrdersText.of(orders));
        directory.note(Notes.SITE_FILE, siteFile);
    }

    /// What operators ask for.
    public Orders orders() {
        return OrdersText.parse(directory.read(Notes.ORDERS));
    }

    /// Those of them that no node of this site can be given, one per line.
    public List<String> misplacedOrders(Site site) {
        return OrdersText.of(orders().misplaced(site)).lines().toList();
    }

    /// The text of the site file; empty when the site was never brought up.
    public String siteFile() {
        return directory.read(Notes.SITE_FILE);
    }

    /// The path of that text.
    public Path siteFilePath() {
        return directory.root().resolve(Notes.SITE_FILE);
    }

    /// Whether there is a state here.
    public boolean exists() {
        return !directory.read(Notes.SERVICES).isEmpty();
    }

    /// Takes over the notes of another state, after its files have been taken over.
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
        directory.note(Notes.ORDERS, other.directory.read(Notes.ORDERS));
    }

    /// On which machine the files of each node lie; empty for a site without machines.
    public Map<String, String> placed() {
        Map<String, String> placed = new HashMap<>();
        for (String path : directory.written().keySet()) {
            String there = Layout.there(path);
            int end = there.indexOf('/');
            if (end > 0 && !Tls.has(there)) {
                Layout.machineOf(path)
                        .ifPresent(machine -> placed.put(there.substring(0, end), machine));
            }
        }
        return placed;
    }

    /// Copies all of it into an empty directory.
    public void copyTo(SiteDirectory copy) {
        copy.install(directory, directory.written().keySet());
        new SavedState(copy).takeNotes(this);
        copy.note(Notes.WRITTEN, directory.read(Notes.WRITTEN));
        StateFormat.copy(directory, copy);
    }

    /// Replaces the orders of this state; everything else stays.
    ///
    /// @param site the model of {@link #siteFile()}
    public void order(Site site, Orders orders) {
        Renderer.orders(site, orders).forEach(directory::note);
        directory.note(Notes.ORDERS, OrdersText.of(orders));
    }

    /// This state as the wanted one.
    ///
    /// @param site the model of {@link #siteFile()}
    public Wanted wanted(Site site) {
        SortedMap<String, String> files = directory.hashes(directory.paths());
        return new Wanted(
                site,
                orders(),
                stamps(),
                files,
                loaded(site, files, directory::read),
                Preparation.imagesOf(directory));
    }

    /// What would be wanted if the site were rendered now. Its certificates stay as they are here;
    /// whether one is due for renewal is not checked. A certificate that is gone counts as it was
    /// installed, so it is missing.
    ///
    /// @param rendering all other files, and the stamps
    public Wanted wanted(Site site, Rendering rendering) {
        TreeMap<String, String> files = new TreeMap<>(directory.written());
        files.keySet().removeIf(path -> !isCertificateOf(site, path));
        List<String> present =
                new SiteDirectory(directory.tls()).paths().stream().map(Tls::path).toList();
        files.putAll(directory.hashes(present));
        files.putAll(MachineCertificates.copies(site, files));
        rendering.files().forEach((path, text) -> files.put(path, Rendering.sha256(text)));
        return new Wanted(
                site,
                orders(),
                rendering.services(),
                files,
                loaded(site, files, path -> rendering.files().getOrDefault(path, "")),
                Preparation.imagesOf(directory));
    }

    /// Certificates of web servers that have left stay in place, but nothing needs them.
    private static boolean isCertificateOf(Site site, String path) {
        return Tls.has(path)
                && (Tls.isAtTop(path)
                        || Layout.isIn(Tls.path(Tls.BALANCERS), path)
                        || site.ownServers().stream()
                                .anyMatch(own -> Layout.isIn(Tls.path(own.name()), path)));
    }

    /// What each node should have loaded, given these files.
    ///
    /// @param texts the texts of files, by their paths
    private Map<String, Map<Loadable, String>> loaded(
            Site site, SortedMap<String, String> files, UnaryOperator<String> texts) {
        Map<String, Map<Loadable, String>> loaded = new HashMap<>();
        for (Balancer balancer : site.balancers()) {
            loaded.put(balancer.name(), ofBalancer(balancer, files));
        }
        for (Server.Own server : site.ownServers()) {
            String nginx = Layout.placed(server.machine(), Layout.nginx(server.name()));
            Map<Loadable, String> parts = ofServer(server.name(), nginx, files);
            // A state of 0.1.0 has the file and does not read it.
            if (!texts.apply(nginx).contains(Tls.DRILL_INCLUDE)) {
                parts.remove(Loadable.DRILL_SECRET);
            }
            loaded.put(server.name(), parts);
        }
        return loaded;
    }

    private static Map<Loadable, String> ofServer(
            String name, String nginx, SortedMap<String, String> files) {
        Map<Loadable, String> parts = new EnumMap<>(Loadable.class);
        put(parts, Loadable.NGINX, files.get(nginx));
        put(parts, Loadable.SERVER_CERTIFICATE, files.get(Tls.path(Tls.server(name))));
        put(parts, Loadable.DRILL_SECRET, files.get(Tls.path(Tls.drill(name))));
        return parts;
    }

    private Map<Loadable, String> ofBalancer(Balancer balancer, SortedMap<String, String> files) {
        String name = balancer.name();
        UnaryOperator<String> at = path -> Layout.placed(balancer.machine(), path);
        Map<Loadable, String> parts = new EnumMap<>(Loadable.class);
        put(parts, Loadable.HAPROXY, files.get(at.apply(Layout.haproxy(name))));
        put(parts, Loadable.KEEPALIVED, files.get(at.apply(Layout.keepalived(name))));
        put(parts, Loadable.HANDOVER, files.get(at.apply(Layout.handover(name))));
        put(parts, Loadable.CERTIFICATE, shown(files));
        List<String> lists =
                Layout.accessLists(name).stream().map(at).filter(files::containsKey).toList();
        if (!lists.isEmpty()) {
            put(parts, Loadable.ACCESS, hash(files, lists::contains));
        }
        put(parts, Loadable.CA, hash(files, Tls::isBalancersAuthority));
        return parts;
    }

    /// A single one counts as it was written, also when somebody has removed it.
    private @Nullable String shown(SortedMap<String, String> files) {
        String site = files.get(Tls.path(Tls.SITE));
        boolean isAlone = files.keySet().stream().filter(Tls::isSeenByClients).count() == 1;
        return site == null || isAlone ? site : hash(files, Tls::isSeenByClients);
    }

    /// Over files one after the other, in the order of their names, as a balancer does it.
    private String hash(SortedMap<String, String> files, Predicate<String> which) {
        StringBuilder all = new StringBuilder();
        files.keySet().stream().filter(which).forEach(path -> all.append(directory.read(path)));
        return Rendering.sha256(all.toString());
    }

    private static void put(Map<Loadable, String> parts, Loadable part, @Nullable String hash) {
        if (hash != null) {
            parts.put(part, hash);
        }
    }

    private SortedMap<String, String> stamps() {
        TreeMap<String, String> stamps = new TreeMap<>();
        directory
                .read(Notes.SERVICES)
                .lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> stamps.put(words[0], words[1]));
        return stamps;
    }
}
