package dev.tandem.docker.fake;

import dev.tandem.docker.Output;
import dev.tandem.model.Duty;
import dev.tandem.model.ServerOrder;
import dev.tandem.render.Rendering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A balancer: what its HAProxy and its Keepalived have loaded, what was asked of them, and what
/// follows from that for the VIP and for clients.
final class FakeBalancer implements FakeProgram {
    private static final Duration HAPROXY_STARTS = Duration.ofMillis(200);
    private static final Duration VRRP_STARTS = Duration.ofMillis(500);

    /// A worker that has taken over, and checks that have decided (docs/decisions/0012).
    private static final Duration RELOADS = Duration.ofMillis(300);

    /// As in the image: `yield` lets every other balancer go before, and so does seeing no web
    /// server.
    private static final int YIELDS = 20;

    private static final int SEES_NONE = 40;

    private final FakeContainer container;
    private final FakeEngine engine;
    private final Map<String, String> loaded = new TreeMap<>();
    private final List<String> added = new ArrayList<>();
    private FakeHaproxy haproxy = FakeHaproxy.NONE;
    private FakeKeepalived keepalived = FakeKeepalived.NONE;
    private Duration worker = Duration.ZERO;
    private FakeInit init = new FakeInit();

    /// Whether it held the VIP when it was paused: its kernel still answers for it.
    private boolean frozen;

    FakeBalancer(FakeContainer container, FakeEngine engine) {
        this.container = container;
        this.engine = engine;
    }

    @Override
    public FakeProgram copy(FakeContainer other, FakeEngine into) {
        FakeBalancer copy = new FakeBalancer(other, into);
        copy.loaded.putAll(loaded);
        copy.added.addAll(added);
        copy.haproxy = haproxy.copy();
        copy.keepalived = keepalived;
        copy.worker = worker;
        copy.init = init.copy();
        copy.frozen = frozen;
        return copy;
    }

    @Override
    public void start() {
        frozen = false;
        init.start();
        added.clear();
        loaded.clear();
        loadHaproxy();
        loadKeepalived();
        if (handsOver()) {
            note("loaded_handover", "/etc/tandem/handover.nft");
        }
    }

    private boolean handsOver() {
        return environment("TANDEM_HANDOVER").equals("on");
    }

    private void loadHaproxy() {
        haproxy = FakeHaproxy.load(container);
        worker = engine.time().passed();
        note("loaded", "/etc/tandem/haproxy.cfg");
        note("loaded_certificate", "/etc/tandem-tls/site.pem");
        String authorities =
                container.list("/etc/tandem-tls").stream()
                        .filter(name -> name.startsWith("ca") && name.endsWith(".pem"))
                        .map(name -> container.read("/etc/tandem-tls/" + name))
                        .collect(Collectors.joining());
        loaded.put("loaded_ca", Rendering.sha256(authorities));
    }

    private void loadKeepalived() {
        keepalived = FakeKeepalived.load(container.read("/etc/tandem/keepalived.conf"));
        note("loaded_keepalived", "/etc/tandem/keepalived.conf");
    }

    private void note(String what, String path) {
        loaded.put(what, container.hash(path));
    }

    private String environment(String name) {
        Object all = container.made().block().get("environment");
        return all instanceof Map<?, ?> map && map.containsKey(name)
                ? String.valueOf(map.get(name))
                : "";
    }

    String name() {
        return container.made().name();
    }

    FakeContainer container() {
        return container;
    }

    /// Of each web server that cookies name: 1 when they count no more.
    Map<String, String> left() {
        return haproxy.left();
    }

    /// haproxy.cfg as it was loaded.
    String configuration() {
        return haproxy.text();
    }

    String lanAddress() {
        return environment("TANDEM_LAN_ADDRESS");
    }

    boolean hasAddress(String address) {
        return container.networks().containsValue(address);
    }

    /// Whether its HAProxy answers.
    boolean serves() {
        return container.running() && container.age(engine.time()).compareTo(HAPROXY_STARTS) >= 0;
    }

    private boolean takesPart() {
        boolean started = container.age(engine.time()).compareTo(VRRP_STARTS) >= 0;
        return serves() && started && duty() != Duty.MAINTENANCE && hasAddress(lanAddress());
    }

    /// Its init gets SIGSTOP or SIGCONT.
    void signal(String name) {
        init.signal(name, engine.time().passed());
    }

    private Duty duty() {
        return init.duty(container.read("/etc/tandem/duty"));
    }

    private int priority() {
        boolean sees = !haproxy.backends().containsKey("web") || (uses("web") && uses("web-tls"));
        return keepalived.priority() - (duty() == Duty.YIELD ? YIELDS : 0) - (sees ? 0 : SEES_NONE);
    }

    /// Whether it holds the VIP: it takes part, and hears nobody who goes before it.
    boolean isMaster() {
        return takesPart()
                && engine.lan()
                        .balancers()
                        .filter(other -> other != this && other.takesPart())
                        .noneMatch(other -> keepalived.hears(other.keepalived) && precedes(other));
    }

    /// Its container is about to be paused.
    void freeze() {
        frozen = isMaster();
    }

    /// Whether somebody who asks the LAN for an address gets an answer from it.
    boolean answersFor(String address) {
        boolean paused = container.state() == FakeContainer.State.PAUSED;
        return vip().equals(address) && (isMaster() || (paused && frozen));
    }

    private boolean precedes(FakeBalancer other) {
        int difference = other.priority() - priority();
        return difference > 0
                || (difference == 0
                        && other.keepalived.source().compareTo(keepalived.source()) > 0);
    }

    /// The VIP that it holds, or would hold.
    String vip() {
        return keepalived.vip();
    }

    /// What a client gets that asks it over one of its listeners: a status code, or `refused`.
    String answer(String backend, String path) {
        if (!serves()) {
            return "refused";
        }
        String asked = uses(backend) ? backend : backend.replaceFirst("^web", "last-resort");
        FakeHaproxy.Backend servers = haproxy.backends().get(asked);
        return servers == null
                ? "503"
                : servers.servers().keySet().stream()
                        .filter(server ->
                                asked.equals(backend)
                                        ? seen(asked, server).up()
                                        : haproxy.order(asked, server).state()
                                                == ServerOrder.State.READY)
                        .flatMap(server -> reached(asked, server, path).stream())
                        .findFirst()
                        .orElse("503");
    }

    private boolean uses(String backend) {
        return haproxy.backends().containsKey(backend)
                && haproxy.backends().get(backend).servers().keySet().stream()
                        .anyMatch(server -> seen(backend, server).up());
    }

    private FakeHaproxy.Seen seen(String backend, String server) {
        return haproxy.seen(
                backend,
                server,
                () -> reached(backend, server, haproxy.backend(backend).path().orElse("/")));
    }

    private Optional<String> reached(String backend, String server, String path) {
        return reachesServers()
                ? engine.lan().web(haproxy.address(backend, server), path)
                : Optional.empty();
    }

    private boolean reachesServers() {
        return container.networks().keySet().stream().anyMatch(engine::leadsToServers);
    }

    @Override
    public Output exec(List<String> argv) {
        return switch (argv.getFirst()) {
            case "node-state" -> FakeProgram.said(state(argv.subList(1, argv.size())));
            case "runtime" -> runtime(argv.subList(1, argv.size()));
            case "reload" -> reload(argv.get(1));
            case "ip" -> ip(argv);
            default -> throw FakeProgram.unknown(argv);
        };
    }

    private Output reload(String program) {
        engine.time().pass(RELOADS);
        switch (program) {
            case "haproxy" -> loadHaproxy();
            case "keepalived" -> loadKeepalived();
            case "certificate" -> note("loaded_certificate", "/etc/tandem-tls/site.pem");
            case "handover" -> {
                if (!handsOver()) {
                    return FakeProgram.refused(
                            "handover: this balancer was started without it;"
                                    + " that takes a new container");
                }
                note("loaded_handover", "/etc/tandem/handover.nft");
            }
            default -> throw FakeProgram.unknown(List.of("reload", program));
        }
        return FakeProgram.said(done(program));
    }

    private String done(String program) {
        return switch (program) {
                    case "haproxy" -> "haproxy: process 12 runs haproxy.cfg " + brief("loaded");
                    case "keepalived" ->
                            "keepalived: keepalived.conf %s, VRRP is %s"
                                    .formatted(brief("loaded_keepalived"), role());
                    case "handover" -> "handover: handover.nft " + brief("loaded_handover");
                    default ->
                            "certificate: site.pem %s, fingerprint %s"
                                    .formatted(brief("loaded_certificate"), "0".repeat(40));
                }
                + "\n";
    }

    private String brief(String part) {
        return loaded.getOrDefault(part, "").substring(0, 12);
    }

    private String role() {
        return isMaster() ? "MASTER" : takesPart() ? "BACKUP" : "FAULT";
    }

    /// `ip address add|del CIDR dev DEVICE`.
    private Output ip(List<String> argv) {
        String line = argv.get(5) + " " + argv.get(3);
        if (argv.get(2).equals("add")) {
            added.add(line);
            return FakeProgram.said("");
        }
        return added.remove(line)
                ? FakeProgram.said("")
                : new Output(2, "", "Error: ipv4: Address not found.\n");
    }

    private Output runtime(List<String> commands) {
        StringBuilder out = new StringBuilder();
        for (String command : commands) {
            if (!serves()) {
                return FakeProgram.refused("runtime: HAProxy gave no answer to: " + command);
            }
            List<String> words = List.of(command.split(" ", -1));
            String answer =
                    switch (command) {
                        case "show stat -1 1 -1" -> statistics() + frontends();
                        case "show stat -1 4 -1" -> statistics() + servers();
                        case "show map" -> haproxy.maps();
                        case String it when it.startsWith("set ") -> haproxy.set(words);
                        default -> throw FakeProgram.unknown(words);
                    };
            out.append(answer);
            if (words.get(0).equals("set") && !answer.isEmpty()) {
                String why = "runtime: HAProxy did not do: " + command + "\n";
                return new Output(1, out.toString(), why);
            }
        }
        return FakeProgram.said(out.toString());
    }

    private static String statistics() {
        return "# pxname,svname,scur,status,weight,check_status,check_code,uweight,req_tot,"
                + "hrsp_5xx,\n";
    }

    /// Clients send 100 requests a second.
    private String frontends() {
        long requests = engine.time().passed().minus(worker).toMillis() / 10;
        long failed = (long) (requests * engine.failing(haproxy.text()));
        String one = "%s,FRONTEND,0,OPEN,,,,,%d,%d,\n";
        return one.formatted("http", requests, failed)
                + one.formatted("https", requests, failed)
                + one.formatted("health", 0, 0);
    }

    private String servers() {
        return haproxy.servers()
                .map(name -> {
                    String[] words = name.split("/", -1);
                    FakeHaproxy.Seen seen = seen(words[0], words[1]);
                    int weight = haproxy.weight(words[0], words[1]);
                    return "%s,%s,%d,%s,%d,%s,%s,%d,,0,\n"
                            .formatted(
                                    words[0],
                                    words[1],
                                    words[0].equals("web") ? engine.open(words[1]) : 0,
                                    seen.status(),
                                    weight,
                                    seen.check(),
                                    seen.code(),
                                    weight);
                })
                .collect(Collectors.joining());
    }

    /// What `node-state NAME=ADDRESS...` prints.
    private String state(List<String> servers) {
        StringBuilder text = new StringBuilder();
        boolean master = isMaster();
        text.append("vrrp=").append(role()).append("\nsince=2026-11-28T12:00:00.000Z\n");
        text.append("haproxy_down=").append(serves() ? 0 : 1).append('\n');
        boolean seesAll = uses("web") && uses("web-tls");
        text.append("servers_down=").append(seesAll ? 0 : 1).append('\n');
        text.append("leaving=").append(duty() == Duty.SERVE ? 0 : 1).append('\n');
        text.append("duty=").append(duty().word()).append('\n');
        init.turnAge(engine.time().passed())
                .ifPresent(age -> text.append("turn_age=" + age + "\n"));
        loaded.forEach((what, hash) -> text.append(what + "=" + hash + "\n"));
        text.append("workers=1\n");
        addresses(master).forEach(address -> text.append("address=" + address + "\n"));
        text.append("mac=").append(FakeContainer.mac(lanAddress())).append('\n');
        boolean here = master && vip().equals(environment("TANDEM_VIP"));
        text.append("vip=").append(here ? "here" : "elsewhere").append('\n');
        engine.lan()
                .answering(environment("TANDEM_VIP"))
                .filter(other -> other != this)
                .forEach(o -> text.append("arp=" + FakeContainer.mac(o.lanAddress()) + "\n"));
        servers.stream()
                .filter(_ -> reachesServers())
                .flatMap(one -> engine.lan().loaded(one).stream())
                .forEach(said -> text.append("web=" + said + "\n"));
        return text.append('\n').append(serves() ? statistics() + servers() : "").toString();
    }

    private List<String> addresses(boolean master) {
        List<String> all = new ArrayList<>();
        if (handsOver()) {
            all.add("lo " + vip() + "/32");
        }
        int number = 0;
        for (Map.Entry<String, String> network : container.networks().entrySet()) {
            String device = "eth" + number++;
            String prefix = engine.subnet(network.getKey()).replaceFirst(".*/", "/");
            all.add(device + " " + network.getValue() + prefix);
            if (master && network.getValue().equals(lanAddress())) {
                all.add(device + " " + vip() + "/32");
            }
        }
        all.addAll(added);
        return all;
    }
}
