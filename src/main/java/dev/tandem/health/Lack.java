package dev.tandem.health;

import dev.tandem.model.Duty;
import dev.tandem.model.Ip4;
import dev.tandem.observe.InitSeen.Program;
import dev.tandem.observe.Recent;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Vrrp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Something that keeps a site from being well: which node it concerns, and what it is.
///
/// Each has its own type, so that code can tell them apart without parsing text. The words are
/// defined only here, so that `status`, `up`, waits and drills all say the same thing in the same
/// way.
public sealed interface Lack {
    /// What it concerns: a service, {@link #VIP} or {@link #CERTIFICATE}.
    String node();

    /// Stands for the VIP in place of a node.
    String VIP = "vip";

    /// Stands for the certificate that clients see in place of a node.
    String CERTIFICATE = "certificate";

    /// Stands for the Docker engine in place of a node.
    String ENGINE = "docker";

    /// The engine did not answer: nothing is known about its containers.
    ///
    /// @param said what it or its client said
    record EngineSilent(String said) implements Lack {
        @Override
        public String node() {
            return ENGINE;
        }
    }

    /// What is wrong with a machine, or with where a node is.
    sealed interface OfMachine extends Lack {}

    /// A machine whose engine did not answer: nothing is known about its containers.
    ///
    /// @param node the machine
    /// @param seen what was seen, in words
    /// @param next the command to type
    record MachineSilent(String node, String seen, String next) implements OfMachine {}

    /// A node about which nothing is known, because its machine is silent.
    record OnSilentMachine(String node, String machine) implements OfMachine {}

    /// A node that runs on a machine that is not its own.
    ///
    /// @param container its container
    /// @param wanted the machine that the file says
    /// @param on those on which it runs; two are twins, which answer for one address
    record Misplaced(String node, String container, String wanted, List<String> on)
            implements OfMachine {
        public Misplaced {
            on = List.copyOf(on);
        }

        /// Those that are not to have it.
        public List<String> wrong() {
            return on.stream().filter(machine -> !machine.equals(wanted)).toList();
        }
    }

    /// Its container is not running.
    ///
    /// @param state Docker's word; `absent` when there is none
    record NotRunning(String node, String state) implements Lack {}

    /// A balancer that is missing from the snapshot.
    record NotAsked(String node) implements Lack {}

    /// A balancer that did not answer.
    record Unanswered(String node, String reason) implements Lack {}

    /// A balancer whose init does not run: nobody knows how its programs are.
    ///
    /// @param container its container
    /// @param since for how long
    record InitStopped(String node, String container, Duration since) implements Lack {}

    /// What is wrong with a program of a balancer.
    sealed interface OfProgram extends Lack {
        /// The same in a few words, with its cure.
        String words();
    }

    /// A program of a balancer that a signal has stopped.
    ///
    /// @param container its container
    record ProgramStopped(String node, String container, Program program) implements OfProgram {
        @Override
        public String words() {
            return "a signal has stopped its %s%s: %s lets it go on"
                    .formatted(program.name(), meanwhile(program.name()), cure());
        }

        /// Lets it go on.
        public String cure() {
            return "docker exec %s sh -c 'kill -s CONT -- -%d'"
                    .formatted(container, program.process());
        }
    }

    /// A program of a balancer that has ended and does not run again.
    ///
    /// @param container its container
    record ProgramGone(String node, String container, String program) implements OfProgram {
        @Override
        public String words() {
            return "its %s does not run%s; tandem logs %s says why, docker restart %s starts it"
                    .formatted(program, meanwhile(program), node, container);
        }
    }

    /// A container that finds itself unwell, as Docker shows it.
    record Unwell(String node, String container) implements Lack {}

    /// A balancer whose HAProxy does not answer.
    record HaproxyDown(String node) implements Lack {}

    /// A listener of a balancer that does not answer.
    ///
    /// @param listener its frontend and its port, such as `http:80`
    /// @param peer the balancer that asked it over the LAN; empty when its own init did
    record ListenerSilent(String node, String listener, Optional<String> peer) implements Lack {}

    /// A balancer that is neither master nor backup.
    record OutOfVrrp(String node, Vrrp vrrp) implements Lack {}

    /// A balancer that does not follow its duty yet.
    record NotOnDuty(String node, Duty wanted) implements Lack {}

    /// A balancer in maintenance, and no other one stands by.
    ///
    /// @param asked since when and by whom; empty when that is not known
    record NoSpare(String node, Optional<String> asked) implements Lack {}

    /// A web server that is missing from a balancer's configuration.
    record UnknownTo(String node, String balancer) implements Lack {}

    /// A web server that gets no requests from a balancer, in one backend.
    record SeenDown(String node, String balancer, ServerSeen as) implements Lack {}

    /// A web server that passes its checks, is in rotation, and fails its clients.
    ///
    /// @param as at all balancers together
    record FailsClients(String node, Recent as) implements Lack {}

    /// A web server about which no running balancer reports anything.
    record Unseen(String node, List<String> silent) implements Lack {
        public Unseen {
            silent = List.copyOf(silent);
        }
    }

    /// What is wrong with the VIP.
    sealed interface OfVip extends Lack {
        @Override
        default String node() {
            return VIP;
        }
    }

    /// No balancer answered, so no balancer asked the LAN.
    record HolderUnknown() implements OfVip {}

    /// Nothing answers for it.
    record HeldByNobody() implements OfVip {}

    /// More than one answers for it.
    record HeldByMany(List<String> holders) implements OfVip {
        public HeldByMany {
            holders = List.copyOf(holders);
        }
    }

    /// Its holder does not know that it is the master.
    record HeldAs(String holder, Vrrp vrrp) implements OfVip {}

    /// A MAC address answers for it that belongs to none of the balancers that answered.
    ///
    /// @param silent the balancers that did not answer: it may belong to one of them
    record HeldByStranger(String mac, List<String> silent) implements OfVip {
        public HeldByStranger {
            silent = List.copyOf(silent);
        }
    }

    /// What is wrong with a virtual IP that is not the first.
    sealed interface OfFurtherVip extends OfVip {
        /// What is lacking, in a few words.
        String words();
    }

    /// A further address is not where the VIP is, or not there alone.
    ///
    /// @param holders the balancers that have it
    /// @param wanted the holder of the VIP
    record HeldElsewhere(Ip4 address, List<String> holders, String wanted) implements OfFurtherVip {
        public HeldElsewhere {
            holders = List.copyOf(holders);
        }

        @Override
        public String words() {
            return address + " is held by " + orNobody(holders) + ", and the VIP by " + wanted;
        }
    }

    /// A virtual IP of a balancer's own is held by nobody or by several; in a change, also by
    /// another one although its owner could have it.
    record NotAtOwner(Ip4 address, List<String> holders, String owner) implements OfFurtherVip {
        public NotAtOwner {
            holders = List.copyOf(holders);
        }

        @Override
        public String words() {
            return "%s, which is first at %s, is held by %s"
                    .formatted(address, owner, orNobody(holders));
        }
    }

    /// Another balancer should hold it.
    record HeldByOther(List<String> holders, String wanted) implements OfVip {
        public HeldByOther {
            holders = List.copyOf(holders);
        }
    }

    /// What is wrong with the certificate that clients see.
    sealed interface OfCertificate extends Lack {
        @Override
        default String node() {
            return CERTIFICATE;
        }
    }

    /// It expires soon.
    ///
    /// @param at when, as noted
    /// @param cure what renews it
    record Ending(String at, String cure) implements OfCertificate {}

    /// The note about its expiry cannot be read.
    record EndUnknown() implements OfCertificate {}

    /// What is lacking, in a few words.
    default String what() {
        return switch (this) {
            case EngineSilent(String said) -> "it did not answer: " + said;
            case OfMachine machine -> ofMachine(machine);
            case NotRunning(_, String state) -> "its container is " + state;
            case NotAsked _ -> "it was not asked";
            case Unanswered(_, String reason) -> reason;
            case InitStopped(_, String container, Duration since) ->
                    ("its init has not run for %d s: docker kill -s CONT %s lets it go on if a"
                                    + " signal has stopped it, docker restart %2$s starts it again")
                            .formatted(since.toSeconds(), container);
            case OfProgram program -> program.words();
            case Unwell(_, String container) ->
                    "Docker shows its container as unhealthy: docker restart " + container;
            case HaproxyDown _ -> "its HAProxy does not answer";
            case ListenerSilent(_, String listener, Optional<String> peer) ->
                    peer.map(name -> name + " does not reach its listener " + listener)
                            .orElse("its listener " + listener + " does not answer");
            case OutOfVrrp(_, Vrrp vrrp) -> "its VRRP is " + vrrp;
            case NotOnDuty(_, Duty wanted) -> "it is not yet on " + wanted.word();
            case NoSpare(_, Optional<String> asked) ->
                    "it is in maintenance%s: no balancer stands by; tandem ready %s"
                            .formatted(asked.map(words -> " " + words).orElse(""), node());
            case UnknownTo(_, String balancer) -> balancer + " does not know it";
            case SeenDown down -> seenDown(down);
            case FailsClients(_, Recent as) -> as.words();
            case Unseen(_, List<String> silent) -> all(silent) + " did not say how they see it";
            case HolderUnknown _ -> "unknown who holds it: no balancer answered";
            case HeldByNobody _ -> "nobody holds it";
            case HeldByMany(List<String> holders) -> "held by " + all(holders);
            case HeldAs(String holder, Vrrp vrrp) -> holder + " holds it as " + vrrp;
            case HeldByStranger(String mac, List<String> silent) -> answeredBy(mac, silent);
            case OfFurtherVip further -> further.words();
            case HeldByOther(List<String> holders, String wanted) ->
                    "held by " + orNobody(holders) + ", not by " + wanted;
            case Ending(String at, String cure) -> "it expires at " + at + "; " + cure;
            case EndUnknown _ -> "unknown when it expires; tandem up finds out";
        };
    }

    /// What is missing without a program of a balancer, in words after its name.
    private static String meanwhile(String program) {
        return switch (program) {
            case "haproxy" -> ", which may serve, but loads nothing new";
            case "outliers" -> ", so web servers that fail their clients stay in rotation";
            case "bodies" -> ", so uploads that bring next to nothing are not ended";
            case "notifier" -> ", so nobody is told what happens";
            case "speaker" -> ", so nobody sees its page, nor its status.json";
            default -> "";
        };
    }

    private static String answeredBy(String mac, List<String> silent) {
        return "answered by "
                + mac
                + (silent.isEmpty()
                        ? ", which is not a balancer"
                        : ", possibly the balancer that does not answer");
    }

    private static String seen(ServerSeen as) {
        String check = as.check().isEmpty() ? "" : " (" + as.check() + ")";
        String status = as.replicas().isPresent() ? as.words() : as.status();
        return status + " in " + as.backend() + check;
    }

    private static String ofMachine(OfMachine lack) {
        return switch (lack) {
            case MachineSilent(_, String seen, String next) ->
                    "its engine did not answer: " + seen + "; " + next;
            case OnSilentMachine(_, String machine) -> "unknown: " + machine + " is silent";
            case Misplaced misplaced -> misplaced(misplaced);
        };
    }

    private static String misplaced(Misplaced one) {
        return one.on().contains(one.wanted())
                ? "it runs on %s, and only %s is to have it".formatted(all(one.on()), one.wanted())
                : "it runs on %s, not on %s".formatted(all(one.on()), one.wanted());
    }

    private static String seenDown(SeenDown down) {
        ServerSeen as = down.as();
        return as.outlier()
                ? "%s has taken it out of %s: %s"
                        .formatted(down.balancer(), as.backend(), as.check())
                : down.balancer() + " sees it " + seen(as);
    }

    /// The same, preceded by the node.
    default String sentence() {
        return node() + ": " + what();
    }

    private static String orNobody(List<String> holders) {
        return holders.isEmpty() ? "nobody" : all(holders);
    }

    private static String all(List<String> names) {
        return String.join(" and ", names);
    }
}
