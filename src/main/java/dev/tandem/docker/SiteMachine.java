package dev.tandem.docker;

import dev.tandem.model.Machine;
import dev.tandem.model.Reach;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/// One machine of a site as a whole: its engine as a program, and its power. What is done to it
/// goes through an ssh of its own, since it takes the way to the engine with it.
public final class SiteMachine {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Everything that runs there is stopped first: containers of a site have 30 s for it.
    private static final Duration DOWN = Duration.ofMinutes(3);

    /// Gone with the machine, as all of `/run`: as long as it is there, the machine has not gone
    /// down since it was told to.
    private static final String MARK = "/run/tandem-reboot";

    private static final String REBOOT =
            ": >%1$s && reboot >/dev/null && exit 0; rm -f %1$s; exit 1".formatted(MARK);

    private final Fleet fleet;
    private final Site site;
    private final Machine machine;
    private final Await await;

    SiteMachine(Fleet fleet, Site site, Machine machine, Await await) {
        this.fleet = fleet;
        this.site = site;
        this.machine = machine;
        this.await = await;
    }

    /// Its name in the site file.
    public String name() {
        return machine.name();
    }

    /// With how it is reached: `m1 (root@192.168.0.11)`.
    public String words() {
        return machine.name()
                + switch (machine.reach()) {
                    case Reach.Ssh ssh -> " (" + Fleet.remote(machine.name(), ssh).ssh() + ")";
                    case Reach.Context(String context) -> " (context " + context + ")";
                    case Reach.Here() -> " (here)";
                };
    }

    /// The containers that run there, and those alone.
    public Nodes nodes() {
        Runner runner = way();
        return new Nodes(runner, EngineHere.elsewhere(runner, await));
    }

    /// Its engine.
    public Engine engine() {
        return shell().<Engine>map(
                        ssh -> new EngineThere(name(), this::unreached, this::way, ssh, await))
                .orElseGet(() -> EngineHere.ofThisMachine(fleet.ownRunner(), await));
    }

    /// Why its engine cannot be ended from here; empty when it can.
    public Optional<String> notToEnd() {
        return switch (machine.reach()) {
            case Reach.Here() -> engine().obstacle();
            case Reach.Context _, Reach.Ssh _ -> notReached().or(() -> lack(FarLook::notToEnd));
        };
    }

    /// Why it cannot be rebooted from here; empty when it can.
    public Optional<String> notToReboot() {
        return switch (machine.reach()) {
            case Reach.Here() -> Optional.of(itself());
            case Reach.Context _, Reach.Ssh _ ->
                    notReached()
                            .or(() -> isHere() ? Optional.of(itself()) : Optional.empty())
                            .or(() -> lack(FarLook::notToReboot));
        };
    }

    /// Whether it is this machine, by what its file says of it.
    public boolean isCalledHere() {
        return machine.reach() instanceof Reach.Here;
    }

    /// Starts a Java program on it, through an ssh of its own.
    ///
    /// @throws Stop if no ssh leads there, if it does not let us in, or has no Java for it
    public FarJava java(FarJava.Program program) {
        FarShell ssh =
                shell().orElseThrow(() ->
                        new Stop(
                                Stop.Kind.REFUSED,
                                "no load can be sent from " + name(),
                                contextAlone(),
                                "nothing was broken",
                                "name it in the site file: machines.%s: {ssh: ...}"
                                        .formatted(name())));
        return FarJava.start(ssh, Tunnel.SSH, program);
    }

    private String itself() {
        return "the drill runs on %s and would go down with it; run it from another machine"
                        .formatted(name())
                + " (machines.%s.ssh), or name another one (machine-reboot=MACHINE)"
                        .formatted(name());
    }

    private Optional<String> notReached() {
        return fleet.of(site)
                .trouble(name())
                .map(why -> name() + " is silent: " + why.seen() + "; next: " + why.next())
                .or(() -> shell().isPresent() ? Optional.empty() : Optional.of(contextAlone()));
    }

    private String contextAlone() {
        return "%s is reached by a Docker context alone: what is outside of".formatted(name())
                + " containers needs machines.%s.ssh".formatted(name());
    }

    /// What it lacks for something.
    private Optional<String> lack(BiFunction<FarLook, String, Optional<String>> something) {
        Output output = shell().orElseThrow().run(LIMIT, FarLook.SCRIPT);
        return FarLook.of(output.stdout())
                .map(look -> something.apply(look, name()))
                .orElseGet(
                        () -> Optional.of(name() + " was not looked at: " + output.lastLines(1)));
    }

    /// Whether its address is one of this machine.
    private boolean isHere() {
        try {
            String host = SshWords.host(shell().orElseThrow().machine());
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (UnknownHostException | SocketException e) {
            return false; // ssh may know the name
        }
    }

    /// Reboots it in order. Returns when it is down.
    ///
    /// @throws Stop if it does not go down
    public void reboot() {
        Output output = shell().orElseThrow().run(LIMIT, REBOOT);
        if (output.exit() == 1) {
            throw failed(output.lastLines(3));
        }
        // Any other end may be that of an sshd that goes down as it was told to.
        if (await.until(DOWN, this::lost).isEmpty()) {
            throw failed("it still answers %d s later".formatted(DOWN.toSeconds()));
        }
    }

    private Optional<Unreachable> lost() {
        return fleet.of(site).lost(name());
    }

    private Stop failed(String seen) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                name() + " could not be rebooted",
                seen,
                "unknown: it may go down yet",
                "tandem status");
    }

    /// What is missing of it; empty when it is up, and need not go down any more. The way to it is
    /// opened again where that is gone.
    public Optional<String> absence() {
        return unreached().map(why -> name() + " is not back: " + why.seen()).or(this::pending);
    }

    private Optional<Unreachable> unreached() {
        Optional<Unreachable> lost = lost();
        if (lost.isEmpty()) {
            return lost;
        }
        fleet.again(machine);
        return lost();
    }

    private Optional<String> pending() {
        Optional<FarShell> shell = shell();
        if (shell.isEmpty()) {
            return Optional.empty();
        }
        Output output = shell.get().run(LIMIT, "[ ! -e " + MARK + " ]");
        return output.ok()
                ? Optional.empty()
                : Optional.of(
                        output.exit() == 1
                                ? name() + " has not gone down yet: " + MARK + " is there"
                                : name() + " lets nobody in yet: " + output.lastLines(1));
    }

    private Runner way() {
        return fleet.of(site).runner(name());
    }

    /// Empty where no ssh leads.
    private Optional<FarShell> shell() {
        return Fleet.remote(machine).map(remote -> new FarShell(remote, fleet.ownRunner()));
    }
}
