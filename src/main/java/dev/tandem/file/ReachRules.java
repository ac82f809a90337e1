package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Reach;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The syntax of how a machine is reached. What stands here becomes an argument of `ssh` or of
/// `docker`, so nothing passes that one of them could read as an option.
final class ReachRules {
    private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,31}");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern CONTEXT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]+");
    private static final int LAST_PORT = 65535;
    private static final String FORM = "user@host or user@host:port, such as root@192.168.0.11";

    private ReachRules() {}

    /// The word in place of a map.
    static Verdict<Reach> word(String text) {
        if (text.equals(Reach.Here.WORD)) {
            return new Fits<>(new Reach.Here());
        }
        return new Unfit<>(
                Visible.quoted(text) + " does not say how the machine is reached",
                ssh(text) instanceof Fits
                        ? "write {ssh: " + text + "}"
                        : "here, or a map such as {ssh: root@192.168.0.11}");
    }

    /// `user@host` or `user@host:port`. Who logs in must be said: without it, each operator would
    /// log in as somebody else.
    static Verdict<Reach> ssh(String text) {
        int at = text.indexOf('@');
        String user = at < 0 ? "" : text.substring(0, at);
        String place = text.substring(at + 1);
        int colon = place.indexOf(':');
        if (place.indexOf(':', colon + 1) > 0) {
            return new Unfit<>(
                    Visible.quoted(place) + " is not a host with a port",
                    "IPv6 is not supported; " + FORM);
        }
        String host = colon < 0 ? place : place.substring(0, colon);
        if (user.startsWith("-") || host.startsWith("-")) {
            return new Unfit<>(
                    Visible.quoted(text) + " begins with '-', as the options of ssh do",
                    FORM + "; options belong into ~/.ssh/config");
        }
        if (text.startsWith("ssh://")) {
            return new Unfit<>(Visible.quoted(text) + " is a URL", "write it without ssh://");
        }
        if (at < 0) {
            return new Unfit<>(Visible.quoted(text) + " does not say who logs in", FORM);
        }
        if (!USER.matcher(user).matches()) {
            return new Unfit<>(Visible.quoted(user) + " is not the name of a user", FORM);
        }
        return host(host)
                .or(() -> port(colon < 0 ? "" : place.substring(colon)))
                .<Verdict<Reach>>map(wrong -> wrong)
                .orElseGet(() -> new Fits<>(new Reach.Ssh(user, host, number(place, colon))));
    }

    private static Optional<Unfit<Reach>> host(String host) {
        String small = host.toLowerCase(Locale.ROOT);
        if (!small.equals(host) && NameRules.isHostname(small)) {
            return Optional.of(
                    new Unfit<>(
                            Visible.quoted(host) + " has capital letters",
                            "write it in small letters: " + small));
        }
        return NameRules.isHostname(host) || AddressRules.address(host) instanceof Fits
                ? Optional.empty()
                : Optional.of(
                        new Unfit<>(
                                Visible.quoted(host)
                                        + " is neither an IPv4 address of the machine nor a"
                                        + " hostname",
                                FORM + "; for this machine: here"));
    }

    /// @param text with its colon; empty: the usual one
    private static Optional<Unfit<Reach>> port(String text) {
        if (text.isEmpty()
                || (PORT.matcher(text.substring(1)).matches()
                        && Integer.parseInt(text.substring(1)) <= LAST_PORT)) {
            return Optional.empty();
        }
        return Optional.of(
                new Unfit<>(
                        Visible.quoted(text.substring(1)) + " is not a port",
                        "a number from 1 to " + LAST_PORT + ", or none for 22"));
    }

    private static int number(String place, int colon) {
        return colon < 0 ? Reach.Ssh.USUAL_PORT : Integer.parseInt(place.substring(colon + 1));
    }

    /// The name of a context of the docker command line.
    static Verdict<Reach> context(String text) {
        if (text.equals("default")) {
            return new Unfit<>("'default' is no machine of its own", "write 'here' for it");
        }
        return CONTEXT.matcher(text).matches()
                ? new Fits<>(new Reach.Context(text))
                : new Unfit<>(
                        Visible.quoted(text) + " is not the name of a context",
                        "the first column of: docker context ls");
    }
}
