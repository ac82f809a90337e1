package dev.tandem.prepare;

import dev.tandem.model.Machine;
import dev.tandem.model.Site;
import dev.tandem.render.Layout;
import dev.tandem.render.Renderer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Puts the certificates and keys that the nodes of a machine mount where they lie on that machine,
/// and takes away those of nodes that left it: a key is where its node is, and nowhere else. The
/// CA's own key is mounted by nobody, so it never gets there.
final class MachineCertificates {
    private MachineCertificates() {}

    /// @param directory of the site, with its certificates in their usual place
    static void place(Site site, SiteDirectory directory) {
        List<String> made = new SiteDirectory(directory.tls()).paths();
        SortedMap<String, String> copies = new TreeMap<>();
        for (Machine machine : site.machines()) {
            for (String mounted : Renderer.certificatesOn(site, machine.name())) {
                made.stream()
                        .filter(name -> Layout.isIn(mounted, name))
                        .map(Layout.Tls::path)
                        .forEach(path -> copies.put(Layout.onMachine(machine.name(), path), path));
            }
        }
        directory.keepCopies(copies, Layout::isCertificateOnMachine);
    }
}
