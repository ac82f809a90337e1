package dev.tandem.prepare;

import dev.tandem.model.Site;
import dev.tandem.render.Layout;
import java.nio.file.Path;

/// A site and where it lies on disk.
///
/// @param site what is wanted
/// @param base the absolute directory of the site file, to which relative paths in it refer
/// @param directory where the site is rendered
public record SitePlace(Site site, Path base, SiteDirectory directory) {

    /// A target in its usual place: `.tandem/SITE` beside the site file.
    public static SitePlace beside(Path base, Site site) {
        Path root = base.resolve(Layout.PARENT).resolve(site.name());
        return new SitePlace(site, base, new SiteDirectory(root));
    }

    /// Whether the directory is the usual one, from which Tandem runs the site.
    public boolean inItsPlace() {
        return directory.root().equals(beside(base, site).directory().root());
    }

    /// The prefix that makes a relative path of the site file valid from the directory.
    String contentBase() {
        Path root = directory.root().toAbsolutePath().normalize();
        Path way = root.relativize(base.toAbsolutePath().normalize());
        // Inside the base, the relative path is short and stays valid wherever both are moved; from
        // elsewhere only the full path is reliable.
        return root.startsWith(base.toAbsolutePath().normalize())
                ? way.toString()
                : base.toAbsolutePath().normalize().toString();
    }
}
