package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Admission;
import dev.tandem.model.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The longest beginning in the map is the first route of the file that fits.
class RouteMapsTest {
    private static final List<String> HOSTS =
            List.of("", "x.test", "a.x.test", "b.a.x.test", "*.x.test", "*.a.x.test");

    private static final List<String> ASKED =
            List.of("x.test", "a.x.test", "c.x.test", "b.a.x.test", "c.a.x.test", "y.test");

    private static final List<String> PATHS = List.of("/", "/a", "/a/", "/a/b/", "/ab", "/c/");

    private static List<Route> routes(Random random) {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            Optional<String> host =
                    Optional.of(HOSTS.get(random.nextInt(HOSTS.size())))
                            .filter(name -> !name.isEmpty());
            String path = PATHS.get(random.nextInt(PATHS.size()));
            Route.ToPool to = new Route.ToPool("web", Optional.empty());
            routes.add(new Route(host, path, to, Admission.EVERYTHING));
        }
        return routes;
    }

    /// As the file says it.
    private static int first(List<Route> routes, String host, String path) {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).hasHost(Optional.of(host)) && path.startsWith(routes.get(i).path())) {
                return i + 1;
            }
        }
        return 0;
    }

    /// As HAProxy does it: the host itself, the closest name that it is below of, any host.
    private static int found(List<Route> routes, String host, String path) {
        Map<String, String> map = RouteMaps.entries(routes);
        String open =
                routes.stream()
                        .filter(route -> route.isOpen() && host.endsWith(route.suffix()))
                        .map(route -> route.host().orElseThrow())
                        .max(Comparator.comparingInt(String::length))
                        .orElse("none");
        for (String begin : List.of(host + path, open + path, path)) {
            Optional<String> longest =
                    map.keySet().stream()
                            .filter(begin::startsWith)
                            .max(Comparator.comparingInt(String::length));
            if (longest.isPresent()) {
                String value = map.getOrDefault(longest.get(), "0/");
                return Integer.parseInt(value.substring(0, value.indexOf('/')));
            }
        }
        return 0;
    }

    @Test
    void theLongestBeginningIsTheFirstRouteThatFits() {
        for (int seed = 0; seed < 3000; seed++) {
            List<Route> routes = routes(new Random(seed));
            for (String host : ASKED) {
                for (String path : List.of("/", "/a", "/a/b/c", "/abc", "/c/d", "/z")) {
                    assertThat(found(routes, host, path))
                            .as("%s %s with %s, seed %s", host, path, routes, seed)
                            .isEqualTo(first(routes, host, path));
                }
            }
        }
    }
}
