package dev.tandem.render;

import dev.tandem.model.Backend;
import dev.tandem.model.Patience;
import dev.tandem.model.Pool;
import dev.tandem.model.ProxyProtocol;
import dev.tandem.model.Site;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the backends of a pool set differently than `defaults`, which has the settings of the pool
/// without a name.
final class PoolLines {
    private PoolLines() {}

    /// The lines of one backend; none where all is the same.
    static void add(ConfigText text, Site site, Pool pool) {
        Pool usual = site.defaultPool();
        if (!ConnectionReuse.isTheSame(site)) {
            ConnectionReuse.defaults(text, pool.settings());
        }
        Backend settings = pool.settings();
        settings.proxyProtocol()
                .ifPresent(version -> {
                    text.add(
                            """

                                # Each connection begins with who its client is; that of a check says that it is one.
                            """);
                    proxyProtocol(text, version);
                });
        if (pool.name().equals(usual.name())) {
            return;
        }
        if (settings.retries() != usual.settings().retries()) {
            text.add("    retries %s\n", settings.retries());
        }
        Patience patience = pool.patience();
        if (patience.mayBeSlow() != usual.patience().mayBeSlow()) {
            text.add("    retry-on %s\n", HaproxyCfg.retriedFailures(pool));
        }
        time(text, "timeout server", patience.server(), usual.patience().server());
        time(text, "timeout tunnel", patience.tunnel(), usual.patience().tunnel());
        boolean isAsked =
                HaproxyCfg.slowest(site).map(Patience::gone).equals(Optional.of(patience.gone()));
        if (patience.mayBeSlow() && !isAsked) {
            HaproxyCfg.askedKernels(text, patience);
        }
    }

    /// Each connection begins with who its client is.
    static void proxyProtocol(ConfigText text, ProxyProtocol version) {
        text.add(
                "    default-server %s\n",
                switch (version) {
                    case V1 -> "send-proxy";
                    case V2 -> "send-proxy-v2";
                });
    }

    private static void time(ConfigText text, String what, Duration one, Duration usual) {
        if (!one.equals(usual)) {
            text.add("    %s %s\n", what, HaproxyCfg.longTime(one));
        }
    }

    /// The comments of a text, which need not be said again.
    static Set<String> comments(ConfigText text) {
        return text.toString()
                .lines()
                .map(String::strip)
                .filter(PoolLines::isComment)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isComment(String line) {
        return line.startsWith("#");
    }

    /// The lines of a backend, but for empty ones, for what was said before and for what it is:
    /// that is said of the pool.
    ///
    /// @param said the comments that were said; new ones are added
    static void addBare(ConfigText text, ConfigText commented, Set<String> said) {
        boolean isInComment = false;
        for (String line : commented.toString().lines().toList()) {
            String bare = line.strip();
            if (isComment(bare) && (isComment(line) || !said.add(bare))) {
                continue;
            }
            if (!bare.isEmpty()) {
                text.add(isComment(bare) && !isInComment ? "\n%s\n" : "%s\n", line);
                isInComment = isComment(bare);
            }
        }
    }
}
