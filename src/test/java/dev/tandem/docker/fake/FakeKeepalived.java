package dev.tandem.docker.fake;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The VRRP instance of the VIP, as keepalived.conf has it.
///
/// @param peers to whom it sends its adverts
record FakeKeepalived(String router, int priority, String source, List<String> peers, String vip) {
    /// Nothing is loaded.
    static final FakeKeepalived NONE = new FakeKeepalived("", 0, "", List.of(), "");

    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    static FakeKeepalived load(String text) {
        String instance = text.substring(Math.max(0, text.indexOf("vrrp_instance vip ")));
        if (instance.isEmpty()) {
            return NONE;
        }
        return new FakeKeepalived(
                first("virtual_router_id (\\d+)", instance),
                Integer.parseInt(first("priority (\\d+)", instance)),
                first("unicast_src_ip (\\S+)", instance),
                ADDRESS.matcher(first("(?s)unicast_peer \\{(.*?)}", instance))
                        .results()
                        .map(result -> result.group())
                        .toList(),
                first("(?s)virtual_ipaddress \\{\\s*([\\d.]+)", instance));
    }

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /// Whether it takes the adverts of another for those of its own virtual router.
    boolean hears(FakeKeepalived other) {
        return other.peers.contains(source) && other.router.equals(router) && other.vip.equals(vip);
    }
}
