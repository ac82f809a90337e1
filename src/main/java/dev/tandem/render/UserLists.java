package dev.tandem.render;

import dev.tandem.model.GivenFile;
import dev.tandem.model.Route;
import dev.tandem.model.Site;
import java.util.List;

/// Who gets as far as a route that asks for a password, in haproxy.cfg: a list for each file.
final class UserLists {
    private UserLists() {}

    /// The lists, before the frontends.
    static void add(ConfigText text, Site site) {
        List<GivenFile> files = files(site);
        for (int i = 0; i < files.size(); i++) {
            text.add(
                    """

                    # Who may use routes with `users: %s`; the hashes are those of that file.
                    userlist %s
                    """,
                    files.get(i).path(), name(i));
            files.get(i)
                    .text()
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .forEach(user -> text.add("    user %s password %s\n", user[0], user[1]));
        }
    }

    /// The condition that a request has no password for a route, with a space before it.
    static String without(Site site, GivenFile users) {
        return " !balancers !{ http_auth(%s) }".formatted(name(files(site).indexOf(users)));
    }

    private static String name(int index) {
        return "users-" + (index + 1);
    }

    private static List<GivenFile> files(Site site) {
        return site.routing().routes().stream()
                .map(Route::users)
                .flatMap(users -> users.stream())
                .distinct()
                .toList();
    }
}
