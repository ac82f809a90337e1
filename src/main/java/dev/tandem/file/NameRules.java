package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Ip4;
import dev.tandem.model.LanInterface;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;

/// The syntax of names: of nodes, hosts and interfaces.
///
/// All of them end up in configuration files, in Docker's names and in administrators' shell
/// commands, so only letters, digits and hyphens are allowed, and only lower case, so that there is
/// one spelling.
final class NameRules {
    static final int LONGEST_NAME = 30;
    private static final int LONGEST_HOSTNAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_INTERFACE = 15;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    static final int LONGEST_CONTAINER = 200;
    private static final Pattern CONTAINER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]+");
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private NameRules() {}

    /// A name chosen by the user: one label of a hostname.
    static Verdict<String> name(String text) {
        if (text.length() > LONGEST_NAME) {
            return new Unfit<>(
                    Visible.quoted(text) + " is too long for a name",
                    "a name has at most " + LONGEST_NAME + " characters");
        }
        if (LABEL.matcher(text).matches()) {
            return new Fits<>(text);
        }
        String better = nearest(text);
        return new Unfit<>(
                Visible.quoted(text) + " is not a name",
                "lower-case letters, digits and hyphens inside"
                        + (better.isEmpty() ? ", such as web-a" : ": " + better));
    }

    private static String nearest(String text) {
        return Normalizer.normalize(text.toLowerCase(Locale.ROOT).replace('đ', 'd'), Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    /// The name of a container, as Docker allows it.
    static Verdict<String> container(String text) {
        return text.length() <= LONGEST_CONTAINER && CONTAINER.matcher(text).matches()
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is not the name of a container",
                        "the last column of: docker ps --all");
    }

    /// A hostname with any number of labels. The last one must contain a letter, or the name would
    /// look like an address.
    static Verdict<String> hostname(String text) {
        if (Ip4.parse(text).isPresent()) {
            return new Unfit<>(
                    text + " is an address, not a hostname",
                    "remove it: the certificate names the VIP and the balancers' addresses anyway");
        }
        if (isHostname(text)) {
            return new Fits<>(text);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return new Unfit<>(
                Visible.quoted(text) + " is not a hostname",
                isHostname(lower)
                        ? "write it in lower case: " + lower
                        : "letters, digits and hyphens with dots between, such as www.example.org");
    }

    /// The same, with an optional leading `*.` in place of one label.
    static Verdict<String> pattern(String text) {
        boolean isOpen = text.startsWith("*.");
        if (isOpen && text.indexOf('.', 2) > 0 && isHostname(text.substring(2))) {
            return new Fits<>(text);
        }
        return isOpen
                ? new Unfit<>(
                        Visible.quoted(text) + " is not a hostname with a leading '*.'",
                        "at least two labels follow it, such as *.example.org")
                : hostname(text);
    }

    static boolean isHostname(String text) {
        if (text.length() > LONGEST_HOSTNAME) {
            return false;
        }
        String[] labels = text.split("\\.", -1);
        for (String label : labels) {
            if (label.length() > LONGEST_LABEL || !LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return !labels[labels.length - 1].matches("[0-9]+");
    }

    /// `auto`, or the name of a Linux network interface.
    static Verdict<LanInterface> lanInterface(String text) {
        if (text.equals("auto")) {
            return new Fits<>(new LanInterface.Auto());
        }
        return text.length() <= LONGEST_INTERFACE && INTERFACE.matcher(text).matches()
                ? new Fits<>(new LanInterface.Named(text))
                : new Unfit<>(
                        Visible.quoted(text) + " is not the name of a network interface",
                        "auto, or a name that 'ip link' shows, at most 15 characters: ens33");
    }
}
