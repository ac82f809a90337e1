package dev.tandem.file;

import dev.tandem.file.FileChecks.Certificate;
import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Acme;
import dev.tandem.model.Ip4;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the section `tls.acme`.
final class AcmeBinder {
    private static final String EMAIL = "[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}";
    private static final String URL =
            "https://[A-Za-z0-9.-]+(:[1-9][0-9]{0,4})?(/[!-~&&[^\"'#\\\\]]*)?";

    private final Problems problems;

    private AcmeBinder(Problems problems) {
        this.problems = problems;
    }

    /// Empty when there is none, or when it has no name.
    static Optional<Acme> bind(Fields tls, Problems problems, FileChecks files) {
        if (!tls.has(AcmeKeys.ACME)) {
            return Optional.empty();
        }
        AcmeBinder binder = new AcmeBinder(problems);
        Fields acme = tls.section(AcmeKeys.ACME);
        binder.alone(tls, WebKeys.TLS_NAMES);
        binder.alone(tls, WebKeys.TLS_CERTIFICATE);
        Optional<String> email =
                acme.optional(AcmeKeys.ACME_EMAIL, AcmeBinder::email).map(Found::value);
        String directory =
                acme.optional(AcmeKeys.ACME_DIRECTORY, AcmeBinder::directory)
                        .map(Found::value)
                        .orElse(Acme.STAGING);
        List<String> names = binder.names(acme);
        Optional<String> ca = files.certificate(acme, AcmeKeys.ACME_CA).map(Certificate::path);
        Optional<String> dns = files.program(acme, AcmeKeys.ACME_DNS);
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new Acme(email, directory, names, ca, dns));
    }

    private List<String> names(Fields acme) {
        List<Found<String>> names = acme.requiredList(AcmeKeys.ACME_NAMES, AcmeBinder::name);
        Set<String> seen = new HashSet<>();
        for (Found<String> name : names) {
            if (!seen.add(name.value())) {
                problems.add(
                        name.spot(), "tls.acme.names has " + name.value() + " twice", "remove one");
            }
            if (name.value().startsWith("*") && !acme.has(AcmeKeys.ACME_DNS)) {
                problems.add(
                        name.spot(),
                        "tls.acme.names: " + name.value() + " can be proven by DNS alone",
                        "add '" + AcmeKeys.ACME_DNS.example() + "', or name each host");
            }
        }
        return names.stream().map(Found::value).toList();
    }

    private void alone(Fields tls, Key other) {
        if (tls.has(other)) {
            problems.add(
                    tls.spotOf(other),
                    other.path() + " has no effect with tls.acme",
                    "remove it: the certificate is one for tls.acme.names");
        }
    }

    private static Verdict<String> name(String text) {
        return Ip4.parse(text).isPresent()
                ? new Unfit<>(
                        text + " is an address, not a hostname",
                        "remove it: the certificate is for hostnames alone")
                : NameRules.pattern(text);
    }

    private static Verdict<String> email(String text) {
        return text.matches(EMAIL)
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is not an e-mail address",
                        "such as admin@example.org");
    }

    private static Verdict<String> directory(String text) {
        return Acme.words().contains(text) || text.matches(URL)
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is not a CA",
                        String.join(", ", Acme.words())
                                + ", or a URL such as https://ca.example.org/acme/directory");
    }
}
