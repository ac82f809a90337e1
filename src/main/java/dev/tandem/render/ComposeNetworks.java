package dev.tandem.render;

import dev.tandem.model.Balancer;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Network;
import dev.tandem.model.Role;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The networks in compose.yaml: the LAN and, on a site without machines, the one on which
/// balancers and web servers meet; and the host's own way to the LAN.
final class ComposeNetworks {
    /// The LAN's name in Compose.
    static final String LAN = "lan";

    private final Site site;
    private final Setting setting;
    private final Lan lan;

    /// @param lan how the LAN is built on the one machine that this is for
    ComposeNetworks(Site site, Setting setting, Lan lan) {
        this.site = site;
        this.setting = setting;
        this.lan = lan;
    }

    String render() {
        return lan() + site.network().map(ComposeNetworks::network).orElse("");
    }

    /// The service that gives the host a way to what stands on its interface; empty where it needs
    /// none, or has no address there.
    Optional<String> route() {
        return lan instanceof Lan.Macvlan macvlan
                ? macvlan.hostAddress().map(host -> route(macvlan.parent(), host))
                : Optional.empty();
    }

    private String route(String parent, Ip4 host) {
        return ConfigText.block(
                """

                  # The kernel keeps a host from talking to macvlan children of its own interface. This
                  # gives the host itself a way to the VIP; other machines of the LAN need no help.
                  %8$s:
                    image: %1$s
                    container_name: %2$s
                    entrypoint: [%8$s]
                    restart: unless-stopped
                    network_mode: host
                    cap_drop: [ALL]
                    cap_add: [NET_ADMIN]            # it adds a link and routes
                    security_opt: [no-new-privileges:true]
                    read_only: true                 # it writes nothing
                    mem_limit: 256m
                    pids_limit: 1000
                    logging: *logging
                    healthcheck: { test: [CMD, %8$s, look], interval: 5s, timeout: 2s, retries: 2 }
                    environment:
                      TANDEM_SITE: %7$s
                      TANDEM_PARENT: %3$s
                      TANDEM_LINK: %4$s
                      TANDEM_ADDRESSES: %5$s
                      TANDEM_SOURCE: %6$s
                """,
                setting.images().balancer(),
                ComposeYaml.scalar(site.container(Role.LAN_ROUTE.word())),
                parent,
                linkName(),
                lanAddresses(),
                host,
                ComposeYaml.scalar(site.name()),
                Role.LAN_ROUTE.word());
    }

    /// What clients on the LAN reach; over several machines, web servers too.
    private String lanAddresses() {
        Stream<Ip4> servers =
                site.hasMachines()
                        ? site.ownServers().stream().map(Server.Own::address)
                        : Stream.empty();
        Stream<Ip4> balancers = site.balancers().stream().map(Balancer::lanAddress);
        return Stream.concat(site.vips().stream(), Stream.concat(balancers, servers))
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    /// The host's own macvlan child; the kernel allows 15 characters.
    private String linkName() {
        return "td" + Rendering.sha256(site.name()).substring(0, 10);
    }

    private String lan() {
        ConfigText text = new ConfigText();
        switch (lan) {
            case Lan.Bridge() ->
                    text.add(
                            """
                              # The LAN: a bridge of our own, which this host reaches.
                              lan:
                                driver: bridge
                            """);
            case Lan.Macvlan macvlan ->
                    text.add(
                            """
                              # The LAN: on %1$s %2$s stand as machines of their own.
                              lan:
                                driver: macvlan
                                driver_opts: { parent: %1$s }
                            """,
                            macvlan.parent(), site.hasMachines() ? "the nodes" : "the balancers");
            case Lan.Machines _ -> throw severalAtOnce();
        }
        text.add(
                """
                    ipam:
                      config:
                        - subnet: %s
                """,
                site.vip().subnet());
        if (!gateway().isEmpty()) {
            text.add("          gateway: %s\n", gateway());
        }
        text.add(
                """
                          aux_addresses: { vip: %s%s }   # moves: not for Docker to hand out
                """,
                site.vip().address(), further());
        return text.toString();
    }

    /// Each needs a name of its own there.
    private String further() {
        List<Ip4> all = site.vips();
        return IntStream.range(1, all.size())
                .mapToObj(at -> ", vip%d: %s".formatted(at + 1, all.get(at)))
                .collect(Collectors.joining());
    }

    private static String network(Network network) {
        return ConfigText.block(
                """

                  # Where balancers and web servers meet.
                  %1$s:
                    name: %1$s
                    driver: bridge
                    ipam:
                      config:
                        - { subnet: %2$s, gateway: %3$s }
                """,
                ComposeYaml.scalar(network.name()), network.subnet(), network.subnet().gateway());
    }

    /// The route from a balancer to clients beyond the LAN; empty when there is none.
    String gateway() {
        return switch (lan) {
            case Lan.Bridge() -> site.vip().subnet().gateway().toString();
            case Lan.Macvlan macvlan -> macvlan.gateway().map(Object::toString).orElse("");
            case Lan.Machines _ -> throw severalAtOnce();
        };
    }

    private static IllegalArgumentException severalAtOnce() {
        return new IllegalArgumentException("a compose.yaml is for one machine");
    }
}
