package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.HaproxyBackend;
import dev.tandem.model.Orders;
import dev.tandem.model.Pool;
import dev.tandem.model.Server;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import dev.tandem.model.TcpServer;
import dev.tandem.model.TcpService;

/// servers.state of one balancer: what HAProxy must know about web servers before its first
/// request.
///
/// An order given only to a running HAProxy would be lost at its next reload; in haproxy.cfg, every
/// order would need a reload. So a running HAProxy is told directly, and reads this file whenever
/// it starts. The format is its own, as `show servers state` prints it (HAProxy 3.0 management
/// guide, section 9.3). Every server has a line: at a reload the balancer notes in it whether the
/// previous worker saw the server up (States.pm in its image).
final class ServersState {
    /// HAProxy's bits of `srv_admin_state`: forced by an operator.
    private static final int FORCED_MAINT = 0x01;

    private static final int FORCED_DRAIN = 0x08;

    private ServersState() {}

    static String render(Site site, Balancer balancer, Orders orders) {
        ConfigText text = new ConfigText();
        head(text, site, balancer);
        for (Pool pool : site.pools()) {
            for (Server server : pool.servers()) {
                ServerOrder order = orders.server(server.name());
                for (String slot : server.slots()) {
                    for (Scheme came : Scheme.values()) {
                        line(text, pool.checked(came), server, slot, order);
                        line(text, pool.lastResort(came), server, slot, order);
                    }
                }
            }
        }
        for (TcpService.Group group : site.tcpGroups()) {
            group.servers().forEach(one -> line(text, group, one, orders.server(one.name())));
        }
        return text.toString();
    }

    /// The version comes first, on its own line: HAProxy does not read a file that begins with a
    /// comment.
    private static void head(ConfigText text, Site site, Balancer balancer) {
        text.add(
                """
                1
                # servers.state of %1$s, site %2$s: what somebody asked of the web servers. Written by
                # Tandem; who wrote here by hand would lose it. HAProxy reads a copy of it whenever it starts
                # (/run/tandem/servers.state): of those that nothing was asked of without a line, at a reload
                # with all lines, and 0 instead of 2 for who was found down.
                # Format: HAProxy 3.0 management guide, "show servers state".
                #
                #   srv_admin_state   %3$s: gets nothing, is not checked      %4$s: gets no new requests
                #   srv_uweight       its share in percent; %5$s is its weight in haproxy.cfg
                #
                # HAProxy finds a server by the names. Columns beyond these say: up until `fall` checks
                # failed (2), not checked yet (1 0 0), checks go on (6), and the port and TLS as in haproxy.cfg.
                # be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state \
                srv_uweight srv_iweight srv_time_since_last_change \
                srv_check_status srv_check_result srv_check_health \
                srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port \
                srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port
                """,
                balancer.name(), site.name(), FORCED_MAINT, FORCED_DRAIN, HaproxyBackends.WEIGHT);
    }

    private static void line(
            ConfigText text,
            HaproxyBackend backend,
            Server server,
            String slot,
            ServerOrder order) {
        text.add(
                "0 %s 0 %s - 2 %s %s %s 0 1 0 0 6 0 0 0 - %s - %s 0 - - 0\n",
                backend.name(),
                slot,
                admin(order.state()),
                order.weightOf(server.share()),
                server.share().weight(),
                HaproxyBackends.port(server, backend.came()),
                HaproxyBackends.scheme(server, backend.came()) == Scheme.HTTPS ? 1 : 0);
    }

    /// HAProxy takes the port of checks from here, too, unless it is 0.
    private static void line(
            ConfigText text, TcpService.Group group, TcpServer server, ServerOrder order) {
        text.add(
                "0 %s 0 %s - 2 %s %s %s 0 1 0 0 6 0 0 0 - %s - 0 %s - - 0\n",
                group.name(),
                server.name(),
                admin(order.state()),
                order.weightOf(server.share()),
                server.share().weight(),
                server.url().port(),
                group.service().check().port().orElse(0));
    }

    private static int admin(ServerOrder.State state) {
        return switch (state) {
            case READY -> 0;
            case DRAIN -> FORCED_DRAIN;
            case MAINT -> FORCED_MAINT;
        };
    }
}
