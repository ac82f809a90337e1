package dev.tandem.doctor;

import dev.tandem.docker.Answers;
import dev.tandem.docker.EngineInfo;
import dev.tandem.docker.Where;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Findings about the engine. Pure.
final class EngineFindings {
    private static final String CURE =
            "run setup/engine, as tandem up does: it installs both on Debian and Ubuntu;"
                    + " elsewhere install Docker's current packages";

    /// The oldest version that Tandem was tested with; Debian 12 has it.
    private static final Needed ENGINE =
            new Needed(
                    "Docker engine",
                    new Version(20, 10),
                    "Tandem was never tested with one this old",
                    "docker version");

    /// The first version whose `docker compose` accepts `--progress` before the verb, as Tandem
    /// uses it.
    private static final Needed COMPOSE =
            new Needed(
                    "Compose",
                    new Version(2, 19),
                    "it lacks options that Tandem uses: up and down fail",
                    "docker compose version");

    /// The engine's clock is read through a process; a smaller difference says nothing.
    private static final Duration NOTEWORTHY = Duration.ofSeconds(2);

    private EngineFindings() {}

    /// Two numbers, compared in order.
    private record Version(int major, int minor) {
        private static final Pattern TEXT = Pattern.compile("v?(\\d+)\\.(\\d+).*");

        static Optional<Version> parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            return matcher.matches()
                    ? Optional.of(
                            new Version(
                                    Integer.parseInt(matcher.group(1)),
                                    Integer.parseInt(matcher.group(2))))
                    : Optional.empty();
        }

        boolean isBefore(Version other) {
            return major < other.major || (major == other.major && minor < other.minor);
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    /// A program that Tandem needs.
    ///
    /// @param about its name
    /// @param oldest the oldest version that works
    /// @param harm the consequence of an older one
    /// @param ask the command that prints its version
    private record Needed(String about, Version oldest, String harm, String ask) {
        /// The finding for the version in this text.
        Finding in(String text) {
            return Version.parse(text)
                    .map(version -> in(version, text))
                    .orElseGet(() -> Finding.unknown(about, "its version is " + text, ask));
        }

        private Finding in(Version version, String text) {
            return version.isBefore(oldest)
                    ? Finding.ill(about, "version " + text + " is older than " + oldest, harm, CURE)
                    : Finding.well(about, "version " + text + " answers");
        }
    }

    static List<Finding> of(Answer<EngineSeen> answer) {
        return switch (answer) {
            case Answer.Unknown<EngineSeen>(String reason) -> silent(reason);
            case Answer.Known<EngineSeen>(EngineSeen engine) -> known(engine);
        };
    }

    private static List<Finding> silent(String reason) {
        Optional<String> notAllowed = Answers.notAllowed(reason);
        return List.of(
                Finding.ill(
                        ENGINE.about(),
                        reason,
                        notAllowed.isPresent()
                                ? "it runs, and this user may not use it"
                                : "every node of a site runs on it, and nobody can see which of"
                                        + " them still run",
                        notAllowed.orElse(CURE + "; for details: docker info")),
                Finding.unknown(
                        "what only the engine knows",
                        "not checked without it: Compose, capabilities, kernel, networks, other"
                                + " VRRP groups, who answers for the VIP, leftovers of other"
                                + " sites",
                        notAllowed.isPresent()
                                ? "then: tandem doctor"
                                : "start the engine, then: tandem doctor"));
    }

    private static List<Finding> known(EngineSeen engine) {
        List<Finding> findings = new ArrayList<>();
        findings.add(ENGINE.in(engine.info().version()));
        findings.add(compose(engine.compose()));
        clock(engine.ahead()).ifPresent(findings::add);
        if (engine.place() == Where.HERE && !engine.iptables()) {
            findings.add(
                    Finding.risk(
                            "iptables",
                            "there is no iptables command on this machine",
                            "the engine builds its networks with it, and will not start without it"
                                    + " the next time",
                            "apt-get install iptables"));
        }
        forwarding(engine.info()).ifPresent(findings::add);
        findings.add(crash(engine));
        return findings;
    }

    /// The engine of one of a site's machines. Compose runs on the machine that asks, and clocks
    /// are compared with each other.
    static List<Finding> onMachine(EngineInfo info) {
        List<Finding> findings = new ArrayList<>();
        findings.add(ENGINE.in(info.version()));
        forwarding(info).ifPresent(findings::add);
        findings.add(crash(info.crash(), "on it: "));
        return findings;
    }

    private static Optional<Finding> forwarding(EngineInfo info) {
        return info.warnings().stream().anyMatch(w -> w.contains("IPv4 forwarding"))
                ? Optional.of(
                        Finding.risk(
                                "forwarding",
                                "the engine reports that IPv4 forwarding is disabled",
                                "balancers cannot reach web servers on other machines without it",
                                "sysctl -w net.ipv4.ip_forward=1"))
                : Optional.empty();
    }

    private static Finding crash(EngineSeen engine) {
        return crash(
                engine.info().crash(),
                engine.place() == Where.HERE ? "" : "on the engine's machine: ");
    }

    /// @param where where the cure is typed
    private static Finding crash(EngineInfo.Crash crash, String where) {
        String why =
                "when dockerd dies, of a bug or for want of memory, it stops all containers as soon"
                        + " as it is back, and starts none of them";
        return switch (crash) {
            case GO_ON -> Finding.well("crash of the engine", "containers go on (live-restore)");
            case STOP ->
                    Finding.risk(
                            "crash of the engine",
                            "live-restore is off",
                            why,
                            "%ssetup/engine    (it sets live-restore; no container is restarted)"
                                    .formatted(where));
            case STOP_FOR_SWARM ->
                    Finding.risk(
                            "crash of the engine",
                            "live-restore is off, and Docker Swarm, which excludes it, is active",
                            why,
                            "docker swarm leave, if nothing needs it, then: setup/engine; or know"
                                    + " it, and after a crash: tandem up");
        };
    }

    /// The Compose that starts containers, wherever these are.
    static Finding compose(Answer<Optional<String>> answer) {
        return switch (answer) {
            case Answer.Unknown<Optional<String>>(String reason) ->
                    Finding.unknown(COMPOSE.about(), reason, COMPOSE.ask());
            case Answer.Known<Optional<String>>(Optional<String> version) -> compose(version);
        };
    }

    private static Finding compose(Optional<String> text) {
        Optional<Version> version = text.flatMap(Version::parse);
        if (text.isEmpty() || version.filter(v -> v.major() < 2).isPresent()) {
            return Finding.ill(
                    COMPOSE.about(),
                    text.map(v -> "version " + v).orElse("there is no Compose v2"),
                    "docker compose starts and replaces every node",
                    CURE);
        }
        return COMPOSE.in(text.get());
    }

    private static Optional<Finding> clock(Duration ahead) {
        return ahead.abs().compareTo(NOTEWORTHY) < 0
                ? Optional.empty()
                : Optional.of(
                        Finding.risk(
                                "clock of the engine",
                                "it is %d s %s this machine's"
                                        .formatted(
                                                ahead.abs().toSeconds(),
                                                ahead.isNegative() ? "behind" : "ahead of"),
                                "certificates are issued by one clock and checked by the other, and"
                                        + " the times in a drill's logs do not match",
                                "sync both with the same time servers: timedatectl"));
    }
}
