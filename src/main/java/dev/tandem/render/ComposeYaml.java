package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Limits;
import dev.tandem.model.Network;
import dev.tandem.model.Role;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Size;
import dev.tandem.model.Vip;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// compose.yaml: every node of the site, or of one of its machines, and the networks that join them
/// ({@link ComposeNetworks}).
///
/// A node carries a stamp as a label: a hash over what only a new container can change: its block
/// here and the shared part. What its programs can reload while they run, the files of its
/// directory and certificates, is not part of it.
final class ComposeYaml {
    /// Words that some version of YAML does not read as text.
    private static final Set<String> NOT_TEXT =
            Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    /// How many files a log has: they take turns.
    private static final int LOG_FILES = 3;

    private final Site site;
    private final Setting setting;
    private final Part part;
    private final ComposeNetworks networks;
    private final SortedMap<String, String> stamps = new TreeMap<>();

    /// @param part what it describes of the site
    ComposeYaml(Site site, Setting setting, Part part) {
        this.site = site;
        this.setting = setting;
        this.part = part;
        this.networks = new ComposeNetworks(site, setting, part.lan());
    }

    /// For every service, the hash over what needs a new container; available after {@link
    /// #render()}.
    SortedMap<String, String> stamps() {
        return stamps;
    }

    String render() {
        String balancerBase = part.balancers().isEmpty() ? "" : balancerBase();
        String webBase = part.servers().isEmpty() ? "" : webBase();
        StringBuilder out = new StringBuilder(head()).append(balancerBase).append(webBase);
        out.append("\nservices:\n");
        for (Balancer balancer : part.balancers()) {
            out.append(labelled(balancer.name(), Role.BALANCER, balancer(balancer), balancerBase));
        }
        for (Server.Own server : part.servers()) {
            out.append(labelled(server.name(), Role.WEB, web(server), webBase));
        }
        networks.route()
                .ifPresent(block ->
                        out.append(labelled(Role.LAN_ROUTE.word(), Role.LAN_ROUTE, block, "")));
        out.append("\nnetworks:\n").append(networks.render());
        return out.append(SpeakerMemory.volumes(part.balancers())).toString();
    }

    /// A service's block with its labels, including the stamp.
    private String labelled(String service, Role role, String block, String base) {
        String stamp = Rendering.sha256(base + block + ownLogs()).substring(0, 12);
        stamps.put(service, stamp);
        return block
                + ConfigText.block(
                        """
                            labels:
                              dev.tandem.role: %s
                              dev.tandem.config: "%s"
                        """,
                        role.word(), stamp);
    }

    /// What all services share stands in no block of theirs; the usual one changes no stamp.
    private String ownLogs() {
        Size logs = site.limits().logs();
        return logs.equals(Limits.DEFAULT.logs()) ? "" : logs.toString();
    }

    private String head() {
        return ConfigText.block(
                """
                # compose.yaml of %3$ssite %1$s. Written by Tandem from tandem.yaml; change it there.
                # It runs without Tandem too:   docker compose up -d      in this directory.

                name: %2$s

                # Logs rotate: a busy balancer writes a line for every request.
                x-logging: &logging
                  driver: local
                  options: { max-size: %4$sm, max-file: "%5$s" }
                """,
                site.name(),
                scalar(site.name()),
                part.machine().map(name -> "machine " + name + ", ").orElse(""),
                site.limits().logs().megabytes() / LOG_FILES,
                LOG_FILES);
    }

    private String balancerBase() {
        return ConfigText.block(
                        """

                        # HAProxy, Keepalived and a small init in one container: the box in the drawing. Stopping,
                        # pausing or disconnecting it is what the failure of a machine is.
                        # It hears clients (haproxy.cfg: http, https), who asks for its health (health; the inits of
                        # balancers over UDP, too), and its peers' VRRP. Why it may what it may: docs/security.md.
                        x-balancer: &balancer
                          image: %s
                          restart: unless-stopped
                          stop_grace_period: 30s          # it leaves politely: VIP first, then its connections
                          cpu_shares: 16384               # 16 times the usual: on a full machine a master whose
                                                          # adverts come late looks dead
                          cap_drop: [ALL]
                          cap_add:
                            - NET_ADMIN                   # Keepalived adds and removes the VIP
                            - NET_RAW                     # VRRP and ARP
                            - NET_BIND_SERVICE            # ports below 1024
                            - SYS_NICE                    # adverts go out in time on a busy machine
                            - SETUID                      # HAProxy drops root,
                            - SETGID
                            - KILL                        # and the init may still signal it
                            - DAC_READ_SEARCH             # keys are readable by their owner only
                          security_opt: [no-new-privileges:true]
                        """,
                        setting.images().balancer())
                + kernel()
                + Ipv6.kernel(site)
                + room(site.limits().balancer());
    }

    /// What the network of a balancer does by itself.
    private static String kernel() {
        return ConfigText.block(
                """
                  sysctls:
                    net.ipv4.ip_forward: 0              # no way from the LAN past HAProxy
                    net.ipv4.conf.all.accept_redirects: 0       # which it would follow, as it forwards
                    net.ipv4.conf.default.accept_redirects: 0   # nothing
                                                        # the VIP is on lo, too, where handover.nft is:
                    net.ipv4.conf.all.arp_ignore: 1     # answer ARP only on the interface that has
                    net.ipv4.conf.all.arp_announce: 2   # the address: the VIP lives on the LAN
                """);
    }

    private static String room(Limits.OfContainer limits) {
        return ConfigText.block(
                """
                  read_only: true                 # but for what is in memory:
                  tmpfs:
                    - /run:mode=755,size=%1$s     # sockets, and what its programs tell each other
                    - /tmp:size=%1$s              # what Keepalived writes down when it is asked
                  mem_limit: %2$s
                  pids_limit: %3$s
                  logging: *logging
                  healthcheck: { test: [CMD, healthy], interval: 5s, timeout: 2s, retries: 3 }
                """,
                limits.tmpfs(), limits.memory(), limits.pids());
    }

    private String webBase() {
        return ConfigText.block(
                """

                # Nginx with HTTP and HTTPS, and 8404 for the balancers. docker stop sends SIGQUIT: running
                # requests end first.
                x-web: &web
                  image: %s
                  restart: unless-stopped
                  stop_grace_period: 15s
                  cpu_shares: 8192                # 8 times the usual: on a full machine a web server that
                                                  # answers its check late is taken out of rotation
                  cap_drop: [ALL]
                  cap_add:
                    - NET_BIND_SERVICE            # ports below 1024
                    - SETUID                      # its workers drop root
                    - SETGID
                    - DAC_READ_SEARCH             # keys are readable by their owner only
                  security_opt: [no-new-privileges:true]
                  read_only: true                 # but for its pid and its notes, in memory. A link in the
                  tmpfs:                          # content must not lead to what the kernel tells in /sys
                    - /run:mode=755,size=%2$s
                    - /sys:ro,mode=700,size=4k
                  mem_limit: %3$s
                  pids_limit: %4$s
                  logging: *logging
                """,
                setting.images().web(),
                site.limits().web().tmpfs(),
                site.limits().web().memory(),
                site.limits().web().pids());
    }

    private String balancer(Balancer balancer) {
        return ConfigText.block(
                        """

                          %1$s:
                            <<: *balancer
                            container_name: %2$s
                            hostname: %3$s
                            environment:
                              TANDEM_LAN_ADDRESS: %4$s
                              TANDEM_LAN_GATEWAY: "%5$s"
                              TANDEM_VIP: %6$s
                              TANDEM_PEERS: "%7$s"
                              TANDEM_HEALTH_PORT: "%8$s"
                              TANDEM_AGENT_PORT: "%10$s"
                              TANDEM_HANDOVER: "%9$s"
                        """,
                        scalar(balancer.name()),
                        scalar(site.container(balancer.name())),
                        scalar(balancer.hostname()),
                        balancer.lanAddress(),
                        networks.gateway(),
                        site.vip().address(),
                        site.balancers().size() - 1,
                        site.listen().health(),
                        site.handsOver() ? "on" : "off",
                        site.listen().agent())
                + further(site.vip())
                + own(site)
                + volumes(balancer.name(), Layout.Tls.BALANCERS)
                + SpeakerMemory.mount(balancer)
                + ConfigText.block(
                        """
                            networks:
                              lan: { ipv4_address: %1$s }
                        """,
                        balancer.lanAddress())
                + site.network().map(own -> attached(own.name(), balancer.address())).orElse("");
    }

    private static String further(Vip vip) {
        return vip.more().isEmpty()
                ? ""
                : vip.more().stream()
                        .map(Ip4::toString)
                        .collect(Collectors.joining(" ", "      TANDEM_VIP_MORE: \"", "\"\n"));
    }

    private static String own(Site site) {
        return site.owners().isEmpty()
                ? ""
                : site.owners().stream()
                        .map(one -> one.name() + "=" + commas(one.vips()))
                        .collect(Collectors.joining(" ", "      TANDEM_VIPS_OF: \"", "\"\n"));
    }

    private static String commas(List<Ip4> addresses) {
        return addresses.stream().map(Ip4::toString).collect(Collectors.joining(","));
    }

    private String web(Server.Own server) {
        return ConfigText.block(
                        """

                          %1$s:
                            <<: *web
                            container_name: %2$s
                            hostname: %1$s
                        """,
                        scalar(server.name()), scalar(site.container(server.name())))
                + volumes(server.name(), server.name())
                + ConfigText.block(
                        """
                              # what it serves
                              - { type: bind, source: "%1$s", target: %2$s, read_only: true }
                            networks:
                        """,
                        content(server), Layout.Mounted.CONTENT)
                + attached(
                        site.network().map(Network::name).orElse(ComposeNetworks.LAN),
                        server.address());
    }

    private static String attached(String network, Ip4 address) {
        return ConfigText.block(
                """
                      %s: { ipv4_address: %s }
                """,
                scalar(network), address);
    }

    /// What every node mounts: its directory, and its part of the certificates.
    private static String volumes(String directory, String certificates) {
        return ConfigText.block(
                """
                    volumes:
                      # its configuration; its keys and certificates, and nobody else's
                      - { type: bind, source: ./%1$s, target: %2$s, read_only: true }
                      - { type: bind, source: ./%3$s, target: %4$s, read_only: true }
                """,
                directory,
                Layout.Mounted.CONFIGURATION,
                Layout.Tls.path(certificates),
                Layout.Mounted.TLS);
    }

    /// A name that YAML reads as text: most are unchanged, but `1`, `true` or `null` are quoted.
    static String scalar(String name) {
        boolean plain = name.matches("[a-z][a-z0-9-]*") && !NOT_TEXT.contains(name);
        return plain ? name : '"' + name + '"';
    }

    private String content(Server.Own server) {
        return server.content()
                .map(path -> path.startsWith("/") ? path : setting.contentBase() + "/" + path)
                .orElse("./" + Layout.content(server.name()));
    }
}
