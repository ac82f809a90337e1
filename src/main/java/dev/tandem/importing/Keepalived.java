package dev.tandem.importing;

import dev.tandem.model.Ip4;
import dev.tandem.model.Subnet;
import dev.tandem.model.Vip;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Carries keepalived.conf: the virtual IP, its interface, its router id. Who is master, how it is
/// found out and how soon follows from the site file.
final class Keepalived {
    private static final Pattern ADDRESS =
            Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.\\d+)(?:/(\\d{1,2}))?");
    private static final int USUAL = 24;
    private static final int SHORTEST = 8;
    private static final int LONGEST = 30;
    private static final String ANOTHER =
            "another virtual IP: vip.more, if it goes where the first one goes;"
                    + " balancers.NAME.vips, if it is first at another balancer";
    private static final String ANOTHER_LAN =
            "a virtual IP of another LAN: all of a site are on the LAN of vip.address";
    private static final String ALONG = "it goes where the first one goes: vip.more";
    private static final Set<String> ADDRESSES =
            Set.of("virtual_ipaddress", "virtual_ipaddress_excluded");
    private static final String OF_ROLES = "it follows from the order of 'balancers'";
    private static final String OF_PROGRAMS =
            "the init of a balancer watches HAProxy, without scripts";
    private static final String OF_ADVERTS =
            "adverts follow from 'failover', and go to the peers alone";

    private static final Map<String, String> COVERED =
            Map.ofEntries(
                    Map.entry("state", OF_ROLES),
                    Map.entry("priority", OF_ROLES),
                    Map.entry("advert_int", OF_ADVERTS),
                    Map.entry("version", OF_ADVERTS),
                    Map.entry("unicast_src_ip", OF_ADVERTS),
                    Map.entry("unicast_peer", OF_ADVERTS),
                    Map.entry("mcast_src_ip", OF_ADVERTS),
                    Map.entry(
                            "authentication",
                            "VRRP 3 has none; only the peers' adverts are believed"),
                    Map.entry("track_script", OF_PROGRAMS),
                    Map.entry("track_process", OF_PROGRAMS),
                    Map.entry("track_interface", "Keepalived looks at the LAN's interface"),
                    Map.entry("garp_master_delay", OF_ADVERTS),
                    Map.entry("garp_master_repeat", OF_ADVERTS),
                    Map.entry("garp_master_refresh", OF_ADVERTS),
                    Map.entry("garp_master_refresh_repeat", OF_ADVERTS),
                    Map.entry("dont_track_primary", "Keepalived looks at the LAN's interface"));

    private static final Set<String> MAIL =
            Set.of(
                    "notification_email",
                    "notification_email_from",
                    "smtp_server",
                    "smtp_alert",
                    "smtp_connect_timeout",
                    "smtp_helo_name");

    private final ImportDraft draft;
    private final List<String> more = new ArrayList<>();
    private final List<Line> ofMore = new ArrayList<>();
    private List<Set<String>> together = List.of();
    private Optional<String> instance = Optional.empty();
    private Optional<Subnet> lan = Optional.empty();

    Keepalived(ImportDraft draft) {
        this.draft = draft;
    }

    /// Splits it: `{` and `}` are words, `#` and `!` begin comments.
    static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String said =
                    line.replaceAll("[#!].*", "").replace("{", " { ").replace("}", " } ").strip();
            List<String> words = new ArrayList<>();
            Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(said);
            while (word.find()) {
                words.add(word.group(1) == null ? word.group(2) : word.group(1));
            }
            lines.add(
                    new Line(
                            new SourcePlace(SourcePlace.File.KEEPALIVED, number),
                            line.strip(),
                            words));
        }
        return lines;
    }

    /// Tells of each line by the blocks that it stands in.
    void carry(List<Line> lines) {
        together = syncGroups(lines);
        Deque<String> open = new ArrayDeque<>();
        for (Line line : lines) {
            if (line.words().isEmpty()) {
                continue;
            }
            List<String> said =
                    line.words().stream().filter(word -> !word.matches("[{}]")).toList();
            boolean opens = line.words().contains("{");
            if ((opens && !said.isEmpty()) || open.isEmpty()) {
                List<String> path = new ArrayList<>(open);
                path.add(String.join(" ", said));
                tell(line, path, said);
            } else {
                List<String> path = new ArrayList<>(open);
                path.addAll(said.isEmpty() ? List.of() : List.of(said.getFirst()));
                tell(line, path, said);
            }
            if (opens) {
                open.addLast(said.isEmpty() ? "" : String.join(" ", said));
            }
            line.words().stream().filter("}"::equals).forEach(_ -> open.pollLast());
            if (opens && line.words().contains("}")) {
                inside(line, open);
            }
        }
        if (!more.isEmpty()) {
            draft.root().map("vip").set("more", Yaml.list(more)).from(ofMore);
        }
    }

    /// The instances that Keepalived moves together, each group with its names (keepalived.conf(5),
    /// `vrrp_sync_group`).
    private static List<Set<String>> syncGroups(List<Line> lines) {
        List<Set<String>> groups = new ArrayList<>();
        int depth = 0;
        int begin = -1;
        for (String word : lines.stream().flatMap(line -> line.words().stream()).toList()) {
            if (word.equals("vrrp_sync_group")) {
                groups.add(new HashSet<>());
                begin = depth;
            } else if (word.equals("{")) {
                depth++;
            } else if (word.equals("}")) {
                depth--;
                begin = depth <= begin ? -1 : begin;
            } else if (begin >= 0 && depth > begin + 1) {
                groups.getLast().add(word);
            }
        }
        return groups;
    }

    /// A block in one line: `virtual_ipaddress { 10.0.0.9 }`.
    private void inside(Line line, Deque<String> open) {
        if (ADDRESSES.contains(line.words().getFirst())
                && open.size() == 1
                && goesAlong(open.getFirst())) {
            line.words().stream()
                    .filter(word -> ADDRESS.matcher(word).matches())
                    .forEach(word -> vip(line, List.of(word)));
        }
    }

    /// Whether what an instance has goes where the first one's goes.
    private boolean goesAlong(String name) {
        return instance.filter(first ->
                        first.equals(name)
                                || together.stream()
                                        .anyMatch(group ->
                                                group.containsAll(List.of(own(first), own(name)))))
                .isPresent();
    }

    private static String own(String instance) {
        return instance.replaceFirst("^vrrp_instance\\s+", "");
    }

    private void tell(Line line, List<String> path, List<String> said) {
        String top = path.isEmpty() ? "" : path.getFirst();
        String second = path.size() > 1 ? path.get(1).replaceAll(" .*", "") : "";
        if (top.startsWith("vrrp_script") || top.startsWith("vrrp_track_process")) {
            draft.ledger().covered(line, OF_PROGRAMS);
        } else if (top.equals("global_defs")) {
            if (MAIL.contains(second)) {
                draft.ledger()
                        .listed(line, "mail is sent by who watches: /metrics on listen.health");
            } else {
                draft.ledger().covered(line, "rendered for each balancer");
            }
        } else if (top.startsWith("vrrp_sync_group")) {
            draft.ledger().covered(line, "all virtual IPs of a site go together");
        } else if (top.startsWith("virtual_server")) {
            draft.ledger()
                    .listed(line, "LVS: a TCP service of HAProxy's ('services') in its place");
        } else if (top.startsWith("vrrp_instance")) {
            instance(line, path, second, said);
        } else if (top.startsWith("include")) {
            draft.ledger().listed(line, "other files are not read: import what they say");
        } else if (said.isEmpty()) {
            draft.ledger().covered(line, "the end of a block");
        } else {
            draft.ledger().listed(line, "no key says this");
        }
    }

    private void instance(Line line, List<String> path, String second, List<String> said) {
        String name = path.getFirst();
        if (instance.isEmpty()) {
            instance = Optional.of(name);
        }
        boolean isFirst = instance.get().equals(name);
        if (!goesAlong(name)) {
            draft.ledger().listed(line, ANOTHER);
        } else if (path.size() == 1 && isFirst) {
            draft.ledger().carried(line, "vip");
        } else if (ADDRESSES.contains(second)) {
            if (path.size() == 2 || said.isEmpty()) {
                draft.ledger().carried(line, isFirst ? "vip.address" : "vip.more");
            } else {
                vip(line, said);
            }
        } else if (isFirst) {
            setting(line, second, said);
        } else {
            along(line, second);
        }
    }

    /// Of an instance that goes where the first one goes.
    private void along(Line line, String second) {
        if (second.startsWith("notify") || MAIL.contains(second)) {
            setting(line, second, line.words());
        } else {
            draft.ledger().covered(line, ALONG);
        }
    }

    private void setting(Line line, String second, List<String> said) {
        YamlPart vip = draft.root().map("vip");
        String value = said.size() > 1 ? said.get(1) : "";
        switch (second) {
            case "interface" -> {
                vip.text("interface", value).from(line);
                draft.ledger().carried(line, "vip.interface");
            }
            case "virtual_router_id" -> {
                vip.set("router_id", value.matches("\\d{1,3}") ? value : Yaml.text(value))
                        .from(line);
                draft.ledger().carried(line, "vip.router_id");
            }
            case "nopreempt" -> {
                vip.text("return", "never").from(line);
                draft.ledger().carried(line, "vip.return");
            }
            default -> {
                if (COVERED.containsKey(second)) {
                    draft.ledger().covered(line, COVERED.getOrDefault(second, ""));
                } else if (second.startsWith("notify")) {
                    draft.ledger()
                            .listed(
                                    line,
                                    "no program is run when the VIP moves;"
                                            + " 'tandem why' tells of it");
                } else if (MAIL.contains(second)) {
                    draft.ledger()
                            .listed(line, "mail is sent by who watches: /metrics on listen.health");
                } else {
                    draft.ledger().listed(line, "no key says this");
                }
            }
        }
    }

    private void vip(Line line, List<String> said) {
        Matcher address = ADDRESS.matcher(said.getFirst());
        if (!address.matches()) {
            draft.ledger().listed(line, "the virtual IP is an IPv4 address");
            return;
        }
        Optional<Ip4> ip = Ip4.parse(address.group(1));
        if (lan.isPresent()) {
            another(line, ip);
            return;
        }
        int prefix = address.group(2) == null ? USUAL : Integer.parseInt(address.group(2));
        boolean isSubnet = prefix >= SHORTEST && prefix <= LONGEST;
        lan = ip.map(one -> Subnet.around(one, isSubnet ? prefix : USUAL));
        YamlPart vip = draft.root().map("vip").from(line);
        vip.text("address", address.group(1)).from(line).remark(line.at().toString());
        if (lan.isPresent() && prefix != USUAL && isSubnet) {
            vip.text("subnet", lan.get().toString()).from(line);
        }
        draft.ledger().carried(line, "vip.address");
        int device = said.indexOf("dev");
        if (device >= 0 && device + 1 < said.size()) {
            draft.root().map("vip").text("interface", said.get(device + 1)).from(line);
        }
        if (said.contains("label")) {
            draft.ledger().covered(line, "the address has no label");
        }
    }

    /// One after the first.
    private void another(Line line, Optional<Ip4> ip) {
        String address = ip.map(Ip4::toString).orElse("");
        if (lan.flatMap(one -> ip.filter(one::contains)).isEmpty()) {
            draft.ledger().listed(line, ANOTHER_LAN);
        } else if (more.size() == Vip.MOST_MORE) {
            draft.ledger().listed(line, "vip.more has %d at most".formatted(Vip.MOST_MORE));
        } else {
            draft.ledger().carried(line, "vip.more");
            if (!more.contains(address)) {
                more.add(address);
                ofMore.add(line);
            }
        }
    }
}
