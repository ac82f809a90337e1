package dev.tandem.doctor;

import dev.tandem.docker.EngineInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What follows from what the engine says. Pure.
final class EngineFindings {
    private static final String ENGINE = "Docker engine";
    private static final String COMPOSE = "Compose";
    private static final String CURE =
            "setup/engine, which tandem up runs too: it installs both on Debian and Ubuntu;"
                    + " elsewhere install Docker's current packages";

    /// The oldest that Tandem was tried with; Debian 12 has it.
    private static final Version OLDEST_ENGINE = new Version(20, 10);

    /// The first whose `docker compose` knows `--progress` before the verb, as Tandem types it.
    private static final Version OLDEST_COMPOSE = new Version(2, 19);

    /// The engine's clock is asked over a process; less than this says nothing.
    private static final Duration NOTEWORTHY = Duration.ofSeconds(2);

    private EngineFindings() {}

    /// Two numbers, compared one after the other.
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

    static List<Finding> of(Answer<EngineSeen> answer) {
        return switch (answer) {
            case Answer.Unknown<EngineSeen>(String reason) -> silent(reason);
            case Answer.Known<EngineSeen>(EngineSeen engine) -> known(engine);
        };
    }

    private static List<Finding> silent(String reason) {
        return List.of(
                Finding.ill(
                        ENGINE,
                        reason,
                        "every node of a site runs in it, and stops or goes on without anybody who"
                                + " could look",
                        CURE + "; docker info says more"),
                Finding.unknown(
                        "what the engine is asked for",
                        "not looked at without it: Compose, capabilities, kernel, networks, other"
                                + " VRRP groups, who answers for the VIP, what is left of other"
                                + " sites",
                        "start the engine, then: tandem doctor"));
    }

    private static List<Finding> known(EngineSeen engine) {
        List<Finding> findings = new ArrayList<>();
        findings.add(engineVersion(engine.info()));
        findings.add(composeVersion(engine));
        clock(engine.ahead()).ifPresent(findings::add);
        if (engine.place() == EngineSeen.Place.HERE && !engine.iptables()) {
            findings.add(
                    Finding.risk(
                            "iptables",
                            "there is no command iptables on this machine",
                            "the engine makes its networks with it, and does not start without it"
                                    + " the next time",
                            "apt-get install iptables"));
        }
        if (engine.info().warnings().stream().anyMatch(w -> w.contains("IPv4 forwarding"))) {
            findings.add(
                    Finding.risk(
                            "forwarding",
                            "the engine says that IPv4 forwarding is disabled",
                            "balancers reach web servers on other machines only through it",
                            "sysctl -w net.ipv4.ip_forward=1"));
        }
        return findings;
    }

    private static Finding engineVersion(EngineInfo info) {
        Optional<Version> version = Version.parse(info.version());
        if (version.isEmpty()) {
            return Finding.unknown(ENGINE, "its version is " + info.version(), "docker version");
        }
        return version.get().isBefore(OLDEST_ENGINE)
                ? Finding.ill(
                        ENGINE,
                        "version " + info.version() + " is older than " + OLDEST_ENGINE,
                        "Tandem was never tried with one so old",
                        CURE)
                : Finding.well(ENGINE, "version " + info.version() + " answers");
    }

    private static Finding composeVersion(EngineSeen engine) {
        Optional<Version> version = engine.compose().flatMap(Version::parse);
        if (engine.compose().isEmpty() || version.filter(v -> v.major() < 2).isPresent()) {
            return Finding.ill(
                    COMPOSE,
                    engine.compose().map(v -> "version " + v).orElse("there is no Compose v2"),
                    "docker compose starts and replaces every node",
                    CURE);
        }
        if (version.isEmpty()) {
            return Finding.unknown(
                    COMPOSE,
                    "its version is " + engine.compose().orElse(""),
                    "docker compose version");
        }
        return version.get().isBefore(OLDEST_COMPOSE)
                ? Finding.ill(
                        COMPOSE,
                        "version " + version.get() + " is older than " + OLDEST_COMPOSE,
                        "it does not know options that Tandem gives it: up and down fail",
                        CURE)
                : Finding.well(COMPOSE, "version " + engine.compose().orElse("") + " answers");
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
                                "certificates are made by one clock and judged by the other, and"
                                        + " the times of a drill's logs do not fit",
                                "let both be set by the same time servers: timedatectl"));
    }
}
