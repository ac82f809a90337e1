package dev.tandem.importing;

import dev.tandem.model.HaproxyBackend;
import dev.tandem.model.TcpService;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Gives names that a site file may have, and each of them once.
final class GivenNames {
    private static final int LONGEST = 30;

    private final Set<String> nodes = new HashSet<>(Set.of("lan-route"));
    private final Set<String> parts = new HashSet<>();

    /// The name of a server, or of a balancer.
    ///
    /// @param wanted what it was called
    /// @param owner put before it where somebody has that name already
    String node(String wanted, String owner) {
        String name = plain(wanted, "server");
        return free(
                nodes.contains(name) && !owner.isEmpty() ? plain(owner + "-" + name, name) : name,
                nodes);
    }

    /// The name of a pool or of a service.
    String part(String wanted) {
        String name = plain(wanted, "pool");
        boolean isTaken = HaproxyBackend.isTaken(name) || TcpService.isTaken(name);
        return free(
                isTaken ? plain("pool-" + name.replaceFirst("-tls$", "-s"), "pool") : name, parts);
    }

    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            String end = "-" + i;
            free = cut(name, LONGEST - end.length()) + end;
        }
        return free;
    }

    /// Small letters, digits and hyphens; of what is too long the beginning.
    private static String plain(String text, String otherwise) {
        String plain =
                Normalizer.normalize(text.toLowerCase(Locale.ROOT).replace('đ', 'd'), Form.NFD)
                        .replaceAll("\\p{M}", "")
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        return plain.isEmpty() ? otherwise : cut(plain, LONGEST);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest).replaceAll("-+$", "");
    }
}
