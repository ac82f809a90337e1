package dev.tandem.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a machine's packet filter does with VRRP, IP protocol 112. Pure.
///
/// A node on macvlan has a network of its own beside its machine's: of the machine's filter, only
/// what hangs on the interface itself is on its way (`table netdev`). What stands in `input` is for
/// the machine's own programs.
///
/// @param onTheWay rules that drop it on an interface, each with that interface
/// @param inInput what drops it on the way to the machine's own programs; empty when nothing does
/// @param keeper who writes those rules: `ufw`, `firewalld`, or `nft`
/// @param legacy whether there are rules of iptables-legacy, which nft does not show
record PacketFilter(
        List<OnInterface> onTheWay, Optional<String> inInput, String keeper, boolean legacy) {
    /// Nothing is known to drop anything.
    static final PacketFilter NONE = new PacketFilter(List.of(), Optional.empty(), "nft", false);

    private static final Pattern TABLE = Pattern.compile("table (\\S+) (\\S+) \\{");
    private static final Pattern CHAIN = Pattern.compile("chain (\\S+) \\{");
    private static final Pattern HOOK =
            Pattern.compile("type filter hook (\\w+)(?: devices?(?: =)? (.+?))? priority .*");
    private static final Pattern VRRP =
            Pattern.compile("\\b(?:protocol|l4proto|nexthdr) \\{?[^}]*\\b(?:112|vrrp)\\b.*");
    private static final Pattern REFUSED = Pattern.compile(".*\\b(?:drop|reject)\\b.*");
    private static final Pattern ACCEPTED = Pattern.compile(".*\\baccept\\b.*");

    /// What ends a chain for all that is left: no condition, or only a counter.
    private static final Pattern REST =
            Pattern.compile("(?:counter (?:packets \\d+ bytes \\d+ )?)?(?:drop|reject\\b.*)");

    PacketFilter {
        onTheWay = List.copyOf(onTheWay);
    }

    /// A rule that drops VRRP on an interface.
    ///
    /// @param device the interface, as nft writes it
    /// @param table family and name
    /// @param chain its name
    /// @param rule the rule
    record OnInterface(String device, String table, String chain, String rule) {}

    /// Reads it.
    ///
    /// @param ruleset as `nft --numeric list ruleset` prints it
    /// @param legacy the tables of iptables-legacy, a line each
    static PacketFilter parse(String ruleset, String legacy) {
        Reader reader = new Reader();
        ruleset.lines().map(String::strip).forEach(reader::line);
        return new PacketFilter(
                reader.found,
                reader.inInput(),
                keeper(ruleset),
                legacy.lines().anyMatch("filter"::equals));
    }

    private static String keeper(String ruleset) {
        if (ruleset.contains("chain ufw-")) {
            return "ufw";
        }
        return ruleset.contains("table inet firewalld") ? "firewalld" : "nft";
    }

    /// Goes through the lines.
    private static final class Reader {
        private final List<OnInterface> found = new ArrayList<>();
        private String table = "";
        private String chain = "";
        private String hook = "";
        private String device = "";
        private Optional<String> refused = Optional.empty();
        private Optional<String> rest = Optional.empty();
        private boolean accepted;

        void line(String line) {
            Matcher begins = TABLE.matcher(line);
            Matcher chained = CHAIN.matcher(line);
            Matcher hooked = HOOK.matcher(line);
            if (begins.matches()) {
                table = begins.group(1) + " " + begins.group(2);
            } else if (chained.matches()) {
                chain = chained.group(1);
                hook = "";
            } else if (hooked.matches()) {
                hook = hooked.group(1);
                device = hooked.group(2) == null ? "" : hooked.group(2);
                policy(line);
            } else {
                rule(line);
            }
        }

        private void policy(String line) {
            if (hook.equals("input") && !table.startsWith("ip6 ") && line.contains("policy drop")) {
                rest = Optional.of("policy drop in " + where());
            }
        }

        private void rule(String line) {
            boolean vrrp = VRRP.matcher(line).find();
            boolean refuses = REFUSED.matcher(line).matches();
            if (vrrp && refuses && table.startsWith("netdev ")) {
                found.add(new OnInterface(device.replace("\"", ""), table, chain, line));
            } else if (vrrp && refuses && refused.isEmpty()) {
                refused = Optional.of(line + " in " + where());
            } else if (vrrp && ACCEPTED.matcher(line).matches()) {
                accepted = true;
            } else if (hook.equals("input")
                    && !table.startsWith("ip6 ")
                    && REST.matcher(line).matches()) {
                rest = Optional.of(line + " at the end of " + where());
            }
        }

        private String where() {
            return "table " + table + ", chain " + chain;
        }

        /// A rule for VRRP, or what is done with all that no rule accepts.
        private Optional<String> inInput() {
            return refused.or(() -> accepted ? Optional.empty() : rest);
        }
    }
}
