package dev.tandem.render;

import dev.tandem.model.Pool;
import dev.tandem.model.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Rules of a frontend that hold for the requests of some pools. The routes have put the name of a
/// request's pool into `txn.pool`; a site with one pool has no need of it.
final class PoolRules {
    private PoolRules() {}

    /// Whether there is more than one pool.
    static boolean areNeeded(Site site) {
        return site.hasPools();
    }

    /// Pools that need the same rule.
    ///
    /// @param value what they have in common
    /// @param condition of a rule for these alone, with a space before it; empty when they are all
    /// @param <T> what they have in common
    record Group<T>(T value, String condition) {
        /// The end of a rule for these pools, which holds unless something else does.
        String unless(String term) {
            return condition.isEmpty() ? " unless " + term : " if !" + term + condition;
        }
    }

    /// The pools, grouped by what one of their settings is.
    static <T> List<Group<T>> groups(Site site, Function<Pool, T> setting) {
        Map<T, List<Pool>> pools = new LinkedHashMap<>();
        for (Pool pool : site.pools()) {
            pools.computeIfAbsent(setting.apply(pool), _ -> new ArrayList<>()).add(pool);
        }
        return pools.entrySet().stream()
                .map(one -> new Group<>(one.getKey(), pools.size() == 1 ? "" : of(one.getValue())))
                .toList();
    }

    private static String of(List<Pool> pools) {
        return pools.stream()
                .map(Pool::name)
                .collect(Collectors.joining(" ", " { var(txn.pool) -m str ", " }"));
    }
}
