package dev.tandem.cli;

import dev.tandem.docker.Look;
import dev.tandem.docker.Remote;
import dev.tandem.docker.Unreachable;
import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The machines of a site on which no engine answers, and what `up` makes of it: to refuse, to ask,
/// or to go ahead. Pure.
///
/// @param machines those that were looked at
/// @param home Tandem's own directory
record MissingEngines(List<Missing> machines, Path home) {
    /// A machine without an engine.
    ///
    /// @param why what was seen when its engine was to be reached
    /// @param remote the way to it
    /// @param look what the script would do there
    record Missing(Unreachable why, Remote remote, Look look) {
        String name() {
            return remote.name();
        }

        /// A line of the script's at work, as it is told; empty when it was shown before.
        Optional<String> news(String line) {
            return look instanceof Look.Steps steps && steps.shown().contains(line)
                    ? Optional.empty()
                    : Optional.of(said(name(), line));
        }
    }

    private static final String STATE = "nothing was changed";

    /// @throws Stop when the script can do nothing on one of them
    void refuseWhereItCannotBe() {
        machines.forEach(one -> {
            switch (one.look()) {
                case Look.Answers(String version) -> throw forwardsNothing(one, version);
                case Look.Fails(String seen) -> throw cannot(one, seen);
                case Look.Steps steps when steps.root() == Look.Root.NONE ->
                        throw noRoot(one, steps);
                case Look.Steps _ -> {}
            }
        });
    }

    private static Stop forwardsNothing(Missing one, String version) {
        return refused(
                "the engine of %s cannot be reached".formatted(one.name()),
                "Docker engine %s answers on %s itself; from here: %s"
                        .formatted(version, one.name(), one.why().seen()),
                "in the sshd_config there: AllowStreamLocalForwarding yes; then: tandem up");
    }

    private static Stop cannot(Missing one, String seen) {
        return refused(
                "no Docker engine answers on %s, and none can be set up from here"
                        .formatted(one.name()),
                one.why().seen() + "\n" + seen,
                "ssh %s; set up a Docker engine there; then: tandem up"
                        .formatted(one.remote().ssh()));
    }

    private Stop noRoot(Missing one, Look.Steps steps) {
        return refused(
                "no Docker engine answers on %s, and %s has no root there"
                        .formatted(one.name(), steps.user()),
                text(one, "to be done there") + "\nsudo asks for a password, or there is none",
                byHand(one.remote().ssh(), steps.user()));
    }

    /// What somebody types who is root there by a password.
    private String byHand(String there, String user) {
        return ("tar -C %s -c setup | ssh %s tar -x && ssh -t %s sudo setup/engine --yes --user %s;"
                        + " then: tandem up")
                .formatted(home, there, there, user);
    }

    private static Stop refused(String what, String seen, String next) {
        return new Stop(Stop.Kind.REFUSED, what, seen, STATE, next);
    }

    /// What is said where nobody can be asked.
    Stop unasked() {
        return refused(
                "no Docker engine answers on %s, and nobody can be asked whether to set one up"
                        .formatted(names()),
                "there is no terminal",
                "tandem up --yes");
    }

    /// What a verb says that changes nothing.
    ///
    /// @throws Stop when `up` would be refused
    Stop proposal() {
        refuseWhereItCannotBe();
        return refused(
                "no Docker engine answers on " + names(), text("tandem up would"), "tandem up");
    }

    /// The machines on which an engine answers all the same.
    List<String> answering() {
        return machines.stream()
                .filter(one -> one.look() instanceof Look.Answers)
                .map(Missing::name)
                .toList();
    }

    /// Without machines that are reached now: their engine was on its way.
    MissingEngines without(List<String> reached) {
        return new MissingEngines(
                machines.stream().filter(one -> !reached.contains(one.name())).toList(), home);
    }

    private String names() {
        return machines.stream().map(Missing::name).collect(Collectors.joining(", "));
    }

    /// All of them, with what would be done.
    ///
    /// @param would before the steps
    String text(String would) {
        return machines.stream().map(one -> text(one, would)).collect(Collectors.joining("\n"));
    }

    private static String text(Missing one, String would) {
        String head =
                "%s has no Docker engine that answers: %s".formatted(one.name(), one.why().seen());
        return switch (one.look()) {
            case Look.Answers(String version) ->
                    head + "; on the machine itself " + version + " does";
            case Look.Fails(String seen) -> head + "\n" + seen;
            case Look.Steps steps -> {
                List<String> lines = new ArrayList<>();
                lines.add("%s; %s, as %s:".formatted(head, would, root(steps)));
                steps.steps().forEach(step -> lines.add("  - " + step));
                steps.shown().forEach(line -> lines.add(said(one.name(), line)));
                yield String.join("\n", lines);
            }
        };
    }

    private static String root(Look.Steps steps) {
        return switch (steps.root()) {
            case SELF -> steps.user();
            case SUDO -> steps.user() + " by sudo";
            case NONE -> "root";
        };
    }

    /// A line of the script's, as said on a machine.
    static String said(String machine, String line) {
        boolean first = line.startsWith(Look.SCRIPT);
        return machine + ": " + (first ? line.substring(Look.SCRIPT.length()) : line);
    }

    /// What is said when it was begun and failed.
    static Stop failed(Remote machine, String seen) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "no Docker engine could be set up on " + machine.name(),
                seen,
                "nothing of the site was started or changed; a second run goes on from there",
                "ssh %s tail -n 40 /var/log/tandem-setup.log; then: tandem up"
                        .formatted(machine.ssh()));
    }
}
