package dev.tandem.file;

import dev.tandem.file.Draft.PoolPart;
import dev.tandem.file.Draft.RoutePart;
import dev.tandem.file.Draft.RoutingPart;
import dev.tandem.file.Fields.Named;
import dev.tandem.file.yaml.Key;
import dev.tandem.model.Backend;
import dev.tandem.model.PoolTiming;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads the sections `pools`, without the servers in them, and `routes`.
final class PoolsBinder {
    private PoolsBinder() {}

    /// @param settings of each pool
    static RoutingPart bind(
            Fields root,
            List<Named> pools,
            Function<Named, Optional<Backend>> settings,
            FileChecks files) {
        return new RoutingPart(
                pools.stream().map(pool -> pool(pool, settings.apply(pool))).toList(),
                root.maps(PoolKeys.ROUTES, PoolKeys.ROUTE).stream()
                        .map(route -> route(route, files))
                        .toList());
    }

    /// The entries of `pools`.
    static List<Named> pools(Fields root) {
        return root.has(PoolKeys.POOLS)
                ? root.requiredSection(PoolKeys.POOLS)
                        .map(pools -> pools.named(PoolKeys.POOLS, PoolKeys.POOL))
                        .orElse(List.of())
                : List.of();
    }

    private static PoolPart pool(Named named, Optional<Backend> settings) {
        Fields timing = named.fields().section(PoolKeys.TIMING);
        return new PoolPart(
                named.name(),
                settings,
                new PoolTiming(
                        time(timing, PoolKeys.TIMING_SERVER),
                        time(timing, PoolKeys.TIMING_TUNNEL),
                        time(timing, PoolKeys.TIMING_GONE),
                        time(timing, PoolKeys.TIMING_SILENT)));
    }

    private static Optional<Duration> time(Fields timing, Key key) {
        return timing.optional(key, TimeRules::request).map(Found::value);
    }

    private static RoutePart route(Fields route, FileChecks files) {
        Optional<Found<String>> host = route.optional(PoolKeys.ROUTE_HOST, RouteRules::host);
        Optional<Found<String>> path = route.optional(PoolKeys.ROUTE_PATH, RouteRules::path);
        boolean leads = route.has(PoolKeys.ROUTE_TO) || route.has(PoolKeys.ROUTE_REDIRECT);
        return new RoutePart(
                new Found<>(route.path(), route.spot()),
                host,
                path,
                route.optional(PoolKeys.ROUTE_TO, NameRules::name),
                route.optional(PoolKeys.ROUTE_REDIRECT, RouteRules::url),
                route.has(PoolKeys.ROUTE_CODE)
                        ? route.number(PoolKeys.ROUTE_CODE)
                        : Optional.empty(),
                route.optional(PoolKeys.ROUTE_STRIP, RouteRules::strip),
                files.users(route, PoolKeys.ROUTE_USERS),
                route.has(PoolKeys.ROUTE_CLIENT_CERTIFICATE)
                        ? Optional.of(route.spotOf(PoolKeys.ROUTE_CLIENT_CERTIFICATE))
                        : Optional.empty(),
                AccessBinder.admission(route),
                leads,
                path.isPresent() && host.isPresent() == route.has(PoolKeys.ROUTE_HOST));
    }
}
