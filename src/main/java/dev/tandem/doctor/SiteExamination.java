package dev.tandem.doctor;

import dev.tandem.certificate.CertificateSeen;
import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.model.TcpServer;
import dev.tandem.observe.Observer;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.ImageSeen;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.Obstacle;
import dev.tandem.prepare.SiteFit;
import dev.tandem.prepare.SitePlace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Gathers the facts about a site.
final class SiteExamination {
    /// A name that no server answers for takes as long as the resolver's own timeout.
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Prints what {@link InsideSeen} parses. It is passed along instead of being part of the
    /// image, so that a balancer with an older image can be queried as well.
    private static final String INSIDE =
            """
            lan=$(sed -n 's/^\\$LAN=//p' /run/tandem/lan.conf)
            cd /proc/sys/net/ipv4/conf
            for name in arp_ignore arp_announce; do
              echo "$name=$(cat all/$name) $(cat "$lan/$name" 2>/dev/null)"
            done
            vip_on_lo=yes
            for vip in $1; do
              [ -n "$(ip -o -4 address show dev lo to "$vip/32")" ] || vip_on_lo=no
            done
            echo "vip_on_lo=$vip_on_lo"
            shift
            look_up() {
              begin=$(date +%s%N)
              timeout 10 getent ahostsv4 "$1" >/dev/null; found=$?
              echo "$2=$found $((($(date +%s%N) - begin) / 1000000))"
            }
            look_up "$(hostname)" own_name
            for name; do look_up "$name" "name $name" & done
            wait
            """;

    private final Docker docker;
    private final Observer observer;
    private final Images images;

    SiteExamination(Docker docker, Observer observer, Images images) {
        this.docker = docker;
        this.observer = observer;
        this.images = images;
    }

    /// Examines the site, while its LAN is being listened to.
    SiteSeen look(SitePlace target, List<String> openFaults) {
        Site site = target.site();
        Answer<Snapshot> snapshot = Answer.ask(() -> observer.lookAtAll(site));
        Map<String, String> running =
                snapshot.value().map(seen -> SiteSeen.running(site, seen)).orElse(Map.of());
        Answer<SiteFit> fit = Answer.ask(() -> SiteFit.look(docker, images, target));
        Optional<Lan> lan = fit.value().flatMap(SiteFit::lan);
        LanListening listening = new LanListening(docker, images.newest().balancer());
        return listening.during(
                listeners(site, lan, running),
                heard -> {
                    // These take seconds as well: what was heard is waited for when they are known.
                    SortedMap<String, Answer<InsideSeen>> inside = inside(site, running);
                    Answer<List<ImageSeen>> updates =
                            Answer.ask(() -> images.examine(images.of(target.directory())));
                    return new SiteSeen(
                            site,
                            lan,
                            obstacles(fit),
                            taken(lan, site, running),
                            snapshot,
                            Answer.ask(() -> docker.members(site.lanNetwork()))
                                    .value()
                                    .orElse(List.of()),
                            heard.get(),
                            inside,
                            Answer.ask(() -> CertificateSeen.in(target.directory().tls(), site)),
                            updates,
                            openFaults);
                });
    }

    /// What can be said about a site when no engine answers.
    static SiteSeen withoutEngine(SitePlace target, List<String> openFaults, String reason) {
        return new SiteSeen(
                target.site(),
                Optional.empty(),
                new Answer.Unknown<>(reason),
                new Answer.Unknown<>(reason),
                new Answer.Unknown<>(reason),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                Answer.ask(() -> CertificateSeen.in(target.directory().tls(), target.site())),
                new Answer.Unknown<>(reason),
                openFaults);
    }

    private static Answer<List<Obstacle>> obstacles(Answer<SiteFit> fit) {
        return switch (fit) {
            case Answer.Unknown<SiteFit>(String reason) -> new Answer.Unknown<>(reason);
            case Answer.Known<SiteFit>(SiteFit known) -> new Answer.Known<>(known.obstacles());
        };
    }

    /// Where to listen to the LAN: in every running balancer, or else on the interface that carries
    /// the LAN.
    SortedMap<String, LanListening.Place> listeners(
            Site site, Optional<Lan> lan, Map<String, String> running) {
        SortedMap<String, LanListening.Place> places = new TreeMap<>();
        site.balancers().stream()
                .filter(one -> running.containsKey(one.name()))
                .forEach(one ->
                        places.put(
                                one.name(),
                                new LanListening.Place.Inside(
                                        site.container(one.name()), one.lanAddress().toString())));
        if (places.isEmpty()) {
            lan.flatMap(one -> carrier(site, one))
                    .ifPresent(name -> places.put(name, new LanListening.Place.OnHost(name)));
        }
        return places;
    }

    /// The host's interface; empty when the LAN is a bridge that does not exist, as nothing can be
    /// on it then, and when it is that of other machines.
    private Optional<String> carrier(Site site, Lan lan) {
        return switch (lan) {
            case Lan.Macvlan macvlan -> Optional.of(macvlan.parent());
            case Lan.Bridge() -> Answer.ask(() -> docker.bridge(site.lanNetwork())).value();
            case Lan.Machines _ -> Optional.empty();
        };
    }

    /// On a LAN with other machines, these are asked too, while no balancer can answer for itself.
    private Answer<List<Obstacle>> taken(
            Optional<Lan> lan, Site site, Map<String, String> running) {
        if (!running.isEmpty() || !(lan.orElse(null) instanceof Lan.Macvlan macvlan)) {
            return new Answer.Known<>(List.of());
        }
        return docker.hasImage(images.newest().balancer())
                ? Answer.ask(() -> SiteFit.taken(docker, images, site, macvlan))
                : new Answer.Unknown<>("the balancers' image is not built yet");
    }

    SortedMap<String, Answer<InsideSeen>> inside(Site site, Map<String, String> running) {
        SortedMap<String, Answer<InsideSeen>> inside = new TreeMap<>();
        running.forEach(
                (name, container) -> inside.put(name, Answer.ask(() -> inside(site, container))));
        return inside;
    }

    /// DNS servers of the site file are asked by HAProxy alone.
    private static List<String> hostnames(Site site) {
        Stream<String> ofServices =
                site.tcpServers().stream()
                        .map(TcpServer::url)
                        .filter(TcpServer.Endpoint::hasHostname)
                        .map(TcpServer.Endpoint::host);
        Stream<String> ofWeb =
                site.pools().stream()
                        .filter(pool -> pool.settings().nameservers().isEmpty())
                        .flatMap(pool -> pool.servers().stream())
                        .filter(one -> one instanceof Server.Existing there && there.hasHostname())
                        .map(one -> ((Server.Existing) one).host());
        return Stream.concat(ofWeb, ofServices).distinct().toList();
    }

    private InsideSeen inside(Site site, String container) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", INSIDE, "sh"));
        argv.add(site.vips().stream().map(Ip4::toString).collect(Collectors.joining(" ")));
        argv.addAll(hostnames(site));
        Output output = docker.exec(container, LIMIT, argv.toArray(String[]::new));
        return Optional.of(output)
                .filter(said -> !said.timedOut())
                .flatMap(said -> InsideSeen.parse(said.stdout()))
                .orElseThrow(() ->
                        new Stop(
                                Stop.Kind.ENVIRONMENT,
                                "it could not be asked",
                                output.lastLines(2),
                                "nothing was changed",
                                "tandem status"));
    }
}
