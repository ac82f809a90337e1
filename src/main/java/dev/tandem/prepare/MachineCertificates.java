package dev.tandem.prepare;

import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import dev.tandem.render.Layout;
import dev.tandem.render.Renderer;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Puts the certificates and keys that the nodes of a machine mount where they lie on that machine,
/// and takes away those of nodes that left it: a key is where its node is, and nowhere else. The
/// CA's own key is mounted by nobody, so it never gets there.
public final class MachineCertificates {
    private MachineCertificates() {}

    /// @param directory of the site, with its certificates in their usual place
    static void place(Site site, SiteDirectory directory) {
        List<String> made =
                new SiteDirectory(directory.tls()).paths().stream().map(Layout.Tls::path).toList();
        directory.keepCopies(copies(site, made), Layout::isCertificateOnMachine);
    }

    /// What the copies are to be on a site's machines, by their places.
    ///
    /// @param files SHA-256 by path, certificates among them
    public static SortedMap<String, String> copies(Site site, SortedMap<String, String> files) {
        SortedMap<String, String> copies = copies(site, List.copyOf(files.keySet()));
        copies.replaceAll((_, of) -> Objects.requireNonNull(files.get(of)));
        return copies;
    }

    /// The path of each copy, and of what it is a copy of.
    private static SortedMap<String, String> copies(Site site, List<String> paths) {
        SortedMap<String, String> copies = new TreeMap<>();
        for (Machine machine : site.machines()) {
            for (String mounted : Renderer.certificatesOn(site, machine.name())) {
                paths.stream()
                        .filter(path -> Layout.isIn(Layout.Tls.path(mounted), path))
                        .forEach(path -> copies.put(Layout.onMachine(machine.name(), path), path));
            }
        }
        return copies;
    }
}
