package dev.tandem.render;

import dev.tandem.model.FrontDoor.LogFormat;
import dev.tandem.model.Site;

/// Log lines of requests and connections as JSON, in haproxy.cfg: one object in a line, whose first
/// fields are those by which a drill finds its requests again. HAProxy writes it (`%{+json}o`), and
/// escapes what a client has sent.
final class JsonLog {
    /// A line that is cut off is no JSON any more: all header lines and the path fit.
    private static final String LENGTH = "len 32768 ";

    private static final String TIME = "%(time)[date(0,ms),ms_utime(%Y-%m-%dT%H:%M:%S.%NZ)]";
    private static final String WHERE = "%(frontend)f %(backend)b %(server)s";
    private static final String CLIENT = "%(client)ci %(client_port:sint)cp";
    private static final String WAITED =
            "%(ms_queue:sint)Tw %(ms_connect:sint)Tc %(ms_total:sint)Tt %(retries:sint)rc";

    private JsonLog() {}

    static boolean isOn(Site site) {
        return site.frontDoor().logFormat() == LogFormat.JSON;
    }

    /// How long a line may be, with a space behind it; empty: as long as HAProxy has it.
    static String length(Site site) {
        return isOn(site) ? LENGTH : "";
    }

    /// The line of the section `defaults` of HTTP.
    static String ofRequests(Site site) {
        return isOn(site)
                ? format(
                        "%(status:sint)ST %(state)tsc %(id)[var(txn.log_id)]",
                        CLIENT,
                        "%(method)HM %(host)[var(txn.log_host)] %(path)[var(txn.log_path)]",
                        "%(query)[var(txn.log_query)] %(version)HV %(agent)[var(txn.log_agent)]",
                        "%(bytes:sint)B %(ms_request:sint)TR %(ms_response:sint)Tr")
                : "option httplog";
    }

    /// The line of the section `defaults` of TCP services.
    static String ofConnections(Site site) {
        return isOn(site) ? format("%(state)tsc", CLIENT, "%(bytes:sint)B") : "option tcplog";
    }

    private static String format(String... fields) {
        return "log-format \"%%{+json}o %s %s %s %s\""
                .formatted(TIME, WHERE, String.join(" ", fields), WAITED);
    }

    /// For a frontend: what is logged of a request, as the client sent it.
    static void rules(ConfigText text, Site site) {
        if (isOn(site)) {
            text.add(
                    """
                        # For the log: what is no visible ASCII would be no JSON, or a line of its own.
                        http-request set-var(txn.log_id) req.hdr(X-Tandem-Id),regsub([^[:print:]],?,g)
                        http-request set-var(txn.log_host) req.hdr(host),regsub([^[:print:]],?,g)
                        http-request set-var(txn.log_path) path,regsub([^[:print:]],?,g)
                        http-request set-var(txn.log_query) query,regsub([^[:print:]],?,g)
                        http-request set-var(txn.log_agent) req.hdr(user-agent),regsub([^[:print:]],?,g)
                    """);
        }
    }
}
