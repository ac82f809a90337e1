package dev.tandem.docker;

import dev.tandem.docker.Unreachable.Why;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What OpenSSH says when it fails, read as a reason. Pure.
///
/// The order matters: what is said about a host key comes with more general words after it.
final class SshWords {
    private static final Pattern ADDRESS = Pattern.compile("connect to host (\\S+) port (\\d+)");

    private static final List<Words> ALL =
            List.of(
                    new Words(Why.HOST_KEY_CHANGED, "REMOTE HOST IDENTIFICATION HAS CHANGED"),
                    new Words(Why.HOST_KEY_CHANGED, "REVOKED HOST KEY"),
                    new Words(Why.HOST_KEY_UNKNOWN, "host key is known for"),
                    new Words(Why.HOST_KEY_UNKNOWN, "Host key verification failed"),
                    new Words(Why.DENIED, "Permission denied ("),
                    new Words(Why.DENIED, "Too many authentication failures"),
                    new Words(Why.NO_SUCH_NAME, "Could not resolve hostname"),
                    new Words(Why.REFUSED, "Connection refused"),
                    new Words(Why.OFF, "Host is down"),
                    new Words(Why.NO_WAY, "No route to host"),
                    new Words(Why.NO_WAY, "Network is unreachable"),
                    new Words(Why.CUT, "not responding"),
                    new Words(Why.CUT, "client_loop: send disconnect"),
                    new Words(Why.CUT, "Connection closed by remote host"),
                    new Words(Why.SILENT, "timed out"));

    private SshWords() {}

    /// Words of ssh, and what they mean.
    private record Words(Why why, String part) {}

    /// Why it failed.
    ///
    /// @param said all that it said
    /// @param neighbours /proc/net/arp of the machine that it ran on; empty text if not known
    static Unreachable read(Remote machine, String said, String neighbours) {
        Why why =
                ALL.stream()
                        .filter(words -> said.contains(words.part()))
                        .findFirst()
                        .map(Words::why)
                        .orElse(Why.OTHER);
        boolean nobody = isNobody(address(said), neighbours);
        return of(machine, nobody && isQuiet(why) ? Why.OFF : why, last(said));
    }

    private static boolean isQuiet(Why why) {
        return why == Why.SILENT || why == Why.NO_WAY;
    }

    /// A reason, in words.
    ///
    /// @param said the line that says most
    static Unreachable of(Remote machine, Why why, String said) {
        return new Unreachable(machine.name(), why, seen(why, said), next(machine, why));
    }

    /// A reason, in the words of who found it.
    static Unreachable said(Remote machine, Why why, String seen) {
        return new Unreachable(machine.name(), why, seen, next(machine, why));
    }

    private static String seen(Why why, String said) {
        String meaning =
                switch (why) {
                    case OFF ->
                            "no machine on the LAN has its address: it is off, or its cable is out";
                    case SILENT ->
                            "no answer: it is off, or something drops the packets on the way";
                    case REFUSED -> "it is there, and nothing listens on the port of ssh";
                    case NO_WAY -> "no way leads there, or a packet filter forbids it";
                    case NO_SUCH_NAME -> "its name has no address";
                    case HOST_KEY_UNKNOWN ->
                            "its host key is not known here, and Tandem accepts none by itself";
                    case HOST_KEY_CHANGED ->
                            "its host key is another one than before: the machine was"
                                    + " reinstalled, or somebody else answers";
                    case DENIED ->
                            "it lets none of this user's keys in, and no password is asked for";
                    case KEY_LOCKED ->
                            "the key has a passphrase, no agent has it, and Tandem never asks";
                    case NO_ENGINE -> "there is no /var/run/docker.sock";
                    case NOT_ALLOWED -> "this user may not use /var/run/docker.sock there";
                    case ENGINE_DOWN ->
                            "nobody answers at /var/run/docker.sock: dockerd does not run, or sshd"
                                    + " forwards no sockets (AllowStreamLocalForwarding)";
                    case ENGINE_HANGS -> "its dockerd takes questions and answers none";
                    case DISK_FULL -> "its disk is full";
                    case CUT -> "the connection is gone";
                    case NO_SSH -> "there is no ssh on this machine";
                    case OTHER -> "ssh failed";
                };
        return said.isEmpty() ? meaning : meaning + " (" + said + ")";
    }

    private static String next(Remote machine, Why why) {
        String ssh = "ssh " + machine.ssh();
        return switch (why) {
            case OFF, SILENT, NO_WAY, CUT ->
                    "ping -c 3 " + host(machine) + "; then: " + ssh + " true";
            case REFUSED -> "at its console: systemctl start ssh";
            case NO_SUCH_NAME -> "getent hosts " + host(machine);
            case HOST_KEY_UNKNOWN -> ssh + " true    # compare the fingerprint, then say yes";
            case HOST_KEY_CHANGED ->
                    "if it was reinstalled: ssh-keygen -R %s; then: %s true"
                            .formatted(host(machine), ssh);
            case DENIED -> "ssh-copy-id " + machine.ssh();
            case KEY_LOCKED -> "eval $(ssh-agent) && ssh-add; then the same command";
            case NO_ENGINE -> ssh + " systemctl start docker; if there is none: setup/engine there";
            case NOT_ALLOWED -> "as root there: usermod -aG docker USER (as good as root)";
            case ENGINE_DOWN -> ssh + " docker version";
            case ENGINE_HANGS -> ssh + " systemctl restart docker";
            case DISK_FULL -> ssh + " df -h / /var/lib/docker";
            case NO_SSH -> "apt-get install openssh-client";
            case OTHER -> ssh + " true";
        };
    }

    /// The host in what `ssh` takes.
    static String host(Remote machine) {
        String rest = machine.ssh().replaceFirst("^ssh://", "").replaceFirst("^[^@]*@", "");
        return rest.replaceFirst("[:/].*$", "");
    }

    private static Optional<String> address(String said) {
        Matcher matcher = ADDRESS.matcher(said);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// Whether the kernel has asked the LAN who has this address, in vain: an entry without the
    /// flag ATF_COM (linux/if_arp.h).
    private static boolean isNobody(Optional<String> address, String neighbours) {
        return address.isPresent()
                && neighbours
                        .lines()
                        .map(line -> line.split("\\s+"))
                        .anyMatch(f ->
                                f.length > 3 && f[0].equals(address.get()) && f[2].equals("0x0"));
    }

    private static String last(String said) {
        return said.strip()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("@"))
                .reduce((_, later) -> later)
                .map(String::strip)
                .orElse("");
    }
}
