package dev.tandem.change.plan;

import dev.tandem.model.Backend;
import dev.tandem.model.Balancer;
import dev.tandem.model.FrontDoor;
import dev.tandem.model.Handover;
import dev.tandem.model.HealthLogin;
import dev.tandem.model.Ip4;
import dev.tandem.model.LanInterface;
import dev.tandem.model.Limits;
import dev.tandem.model.Listen;
import dev.tandem.model.PasswordHash;
import dev.tandem.model.Return;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Size;
import dev.tandem.model.Timing;
import dev.tandem.model.Tls;
import dev.tandem.model.Vip;
import dev.tandem.prepare.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A site as somebody edits its file: the same with another value of one key.
final class Edit {
    private Edit() {}

    static Site vip(Site site, String address) {
        Vip old = site.vip();
        return with(
                site,
                new Vip(
                        Ip4.of(address),
                        old.subnet(),
                        old.lanInterface(),
                        old.gateway(),
                        old.routerId()));
    }

    static Site more(Site site, String... addresses) {
        Vip old = site.vip();
        return with(
                site,
                new Vip(
                        old.address(),
                        Arrays.stream(addresses).map(Ip4::of).toList(),
                        old.subnet(),
                        old.lanInterface(),
                        old.gateway(),
                        old.routerId(),
                        old.returns()));
    }

    static Site router(Site site, int id) {
        Vip old = site.vip();
        return with(
                site, new Vip(old.address(), old.subnet(), old.lanInterface(), old.gateway(), id));
    }

    static Site returns(Site site, Return returns) {
        Vip old = site.vip();
        return with(
                site,
                new Vip(
                        old.address(),
                        old.subnet(),
                        old.lanInterface(),
                        old.gateway(),
                        old.routerId(),
                        returns));
    }

    static Site lanInterface(Site site, LanInterface lan) {
        Vip old = site.vip();
        return with(site, new Vip(old.address(), old.subnet(), lan, old.gateway(), old.routerId()));
    }

    private static Site with(Site site, Vip vip) {
        return with(site, vip, site.balancers(), site.listen());
    }

    static Site own(Site site, String balancer, String... addresses) {
        return balancer(site, balancer, old -> Sample.withVips(old, addresses));
    }

    static Site lanAddress(Site site, String balancer, String address) {
        Ip4 lan = Ip4.of(address);
        return balancer(
                site,
                balancer,
                old -> new Balancer(old.name(), old.hostname(), old.address(), lan));
    }

    static Site hostname(Site site, String balancer, String hostname) {
        return balancer(
                site,
                balancer,
                old -> new Balancer(old.name(), hostname, old.address(), old.lanAddress()));
    }

    private static Site balancer(Site site, String name, UnaryOperator<Balancer> edit) {
        List<Balancer> balancers =
                site.balancers().stream()
                        .map(old -> old.name().equals(name) ? edit.apply(old) : old)
                        .toList();
        return with(site, site.vip(), balancers, site.listen());
    }

    static Site content(Site site, String server, String directory) {
        List<Server> servers =
                site.servers().stream()
                        .map(old ->
                                old.name().equals(server) && old instanceof Server.Own own
                                        ? new Server.Own(
                                                own.name(), own.address(), Optional.of(directory))
                                        : old)
                        .toList();
        return Sample.serving(site, servers);
    }

    static Site certified(Site site) {
        Tls.Provided own = new Tls.Provided("./site.pem", "./site.key");
        return Sample.certified(site, new Tls(List.of(), Optional.of(own)));
    }

    static Site names(Site site, String... names) {
        return Sample.certified(site, new Tls(List.of(names), Optional.empty()));
    }

    static Site ports(Site site, int http, int https) {
        return with(
                site,
                site.vip(),
                site.balancers(),
                new Listen(http, https, site.listen().health()));
    }

    static Site login(Site site) {
        Listen old = site.listen();
        HealthLogin login = new HealthLogin("monitor", new PasswordHash("$5$salt$hash"));
        Listen asking =
                new Listen(
                        old.http(),
                        old.https(),
                        old.health(),
                        old.headerSize(),
                        old.healthFrom(),
                        Optional.of(login));
        return with(site, site.vip(), site.balancers(), asking);
    }

    static Site ipv6(Site site) {
        Listen old = site.listen();
        Listen both =
                new Listen(
                        old.http(),
                        old.https(),
                        old.health(),
                        old.headerSize(),
                        old.healthFrom(),
                        old.healthLogin(),
                        old.proxyProtocolFrom(),
                        old.moreHttp(),
                        old.moreHttps(),
                        Listen.Ipv6.ON);
        return with(site, site.vip(), site.balancers(), both);
    }

    private static Site with(Site site, Vip vip, List<Balancer> balancers, Listen listen) {
        return new Site(
                site.name(),
                vip,
                site.network(),
                balancers,
                listen,
                site.backend(),
                site.servers(),
                site.tls(),
                site.timing(),
                site.handover(),
                site.budget());
    }

    static Site webMemory(Site site, Size memory) {
        Limits.OfContainer web = site.limits().web();
        return limits(
                site,
                new Limits(
                        site.limits().balancer(),
                        new Limits.OfContainer(memory, web.pids(), web.tmpfs()),
                        site.limits().perClient(),
                        site.limits().logs()));
    }

    static Site logs(Site site, Size logs) {
        Limits old = site.limits();
        return limits(site, new Limits(old.balancer(), old.web(), old.perClient(), logs));
    }

    private static Site limits(Site site, Limits limits) {
        return new Site(
                site.name(),
                site.vip(),
                site.network(),
                site.machines(),
                site.balancers(),
                site.listen(),
                site.backend(),
                site.servers(),
                site.tls(),
                site.timing(),
                site.handover(),
                site.budget(),
                limits);
    }

    static Site address(Site site, String server, String address) {
        List<Server> servers =
                site.servers().stream()
                        .map(old -> old.name().equals(server) ? Sample.own(server, address) : old)
                        .toList();
        return Sample.serving(site, servers);
    }

    static Site check(Site site, String path) {
        Backend old = site.backend();
        return backend(site, new Backend(old.balance(), old.retries(), path));
    }

    static Site backend(Site site, Backend backend) {
        return with(site, backend, site.timing(), site.handover());
    }

    static Site timing(Site site, Timing timing) {
        return with(site, site.backend(), timing, site.handover());
    }

    static Site handover(Site site, Handover handover) {
        return with(site, site.backend(), site.timing(), handover);
    }

    private static Site with(Site site, Backend backend, Timing timing, Handover handover) {
        return new Site(
                site.name(),
                site.vip(),
                site.network(),
                site.balancers(),
                site.listen(),
                backend,
                site.servers(),
                site.tls(),
                timing,
                handover,
                site.budget());
    }

    /// HTTP/3 as well.
    static Site http3(Site site) {
        FrontDoor plain = FrontDoor.PLAIN;
        return new Site(
                site.name(),
                site.vip(),
                site.network(),
                site.machines(),
                site.balancers(),
                site.listen(),
                site.backend(),
                site.servers(),
                site.tls(),
                site.timing(),
                site.handover(),
                site.budget(),
                site.limits(),
                new FrontDoor(
                        plain.redirectHttp(),
                        plain.headers(),
                        plain.trustedProxies(),
                        plain.haproxy(),
                        plain.compression(),
                        plain.syslog(),
                        plain.logFormat(),
                        plain.errors(),
                        plain.access(),
                        FrontDoor.Http3.ON,
                        plain.receivers()),
                site.tcpServices(),
                site.routing());
    }
}
