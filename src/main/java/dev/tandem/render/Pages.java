package dev.tandem.render;

import dev.tandem.model.ErrorPage;
import dev.tandem.model.GivenFile;
import dev.tandem.model.HaproxyBackend;
import dev.tandem.model.HaproxyBackend.Kind;
import dev.tandem.model.Pool;
import dev.tandem.model.Site;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Pages of the user's own that the balancers answer with: for errors that HAProxy finds, and while
/// a pool is in maintenance (decision 0052). HAProxy reads them when it starts, so a page that has
/// changed is a reload: its hash stands in haproxy.cfg.
final class Pages {
    /// By the ending of a file, what it is.
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "htm", "text/html; charset=utf-8",
                    "txt", "text/plain; charset=utf-8",
                    "json", "application/json");

    private static final int SHORT = 16;

    private Pages() {}

    /// The files in a balancer's directory.
    static SortedMap<String, String> files(Site site) {
        TreeMap<String, String> files = new TreeMap<>();
        for (ErrorPage error : site.frontDoor().errors()) {
            files.put(file(error), error.page().text());
        }
        for (Pool pool : site.pools()) {
            pool.settings()
                    .maintenance()
                    .ifPresent(page -> files.put(file(pool, page), page.text()));
        }
        return files;
    }

    /// For the section `defaults`.
    static void errors(ConfigText text, Site site) {
        if (site.frontDoor().errors().isEmpty()) {
            return;
        }
        text.add(
                """

                    # errors of tandem.yaml: what clients get when HAProxy itself answers so. What a web server
                    # answers stays as it is.
                """);
        site.frontDoor()
                .errors()
                .forEach(error ->
                        text.add(
                                "    http-error status %s %s hdr Cache-Control no-store   # %s\n",
                                error.name(), body(file(error)), hash(error.page())));
    }

    /// For a backend.
    static void maintenance(ConfigText text, HaproxyBackend backend) {
        Pool pool = backend.pool();
        if (backend.kind() == Kind.CHECKED || pool.settings().maintenance().isEmpty()) {
            return;
        }
        GivenFile page = pool.settings().maintenance().get();
        text.add(
                """

                    # All of its web servers are out of service, as `tandem maintenance %s` has it.
                    http-request return status 503 %s hdr Cache-Control no-store if { nbsrv(%s) eq 0 }   # %s
                """,
                pool.name(), body(file(pool, page)), backend.name(), hash(page));
    }

    private static String body(String file) {
        return "content-type \"%s\" file %s/%s"
                .formatted(TYPES.get(ending(file)), Layout.Mounted.CONFIGURATION, file);
    }

    private static String hash(GivenFile page) {
        return Rendering.sha256(page.text()).substring(0, SHORT);
    }

    private static String file(ErrorPage error) {
        return Layout.errorPage(error.name(), ending(error.page().path()));
    }

    private static String file(Pool pool, GivenFile page) {
        return Layout.maintenancePage(pool.name(), ending(page.path()));
    }

    private static String ending(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
