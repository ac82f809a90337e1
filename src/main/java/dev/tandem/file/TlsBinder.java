package dev.tandem.file;

import dev.tandem.file.FileChecks.Certificate;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.model.Acme;
import dev.tandem.model.Tls;
import dev.tandem.model.Tls.Named;
import dev.tandem.model.Tls.Provided;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the section `tls`.
final class TlsBinder {
    private final Problems problems;
    private final FileChecks files;

    private TlsBinder(Problems problems, FileChecks files) {
        this.problems = problems;
        this.files = files;
    }

    static Tls bind(Fields root, Problems problems, FileChecks files) {
        TlsBinder binder = new TlsBinder(problems, files);
        Fields tls = root.section(WebKeys.TLS);
        Optional<Acme> acme = AcmeBinder.bind(tls, problems, files);
        List<String> names = binder.names(tls);
        return new Tls(
                acme.map(Acme::names).orElse(names),
                binder.provided(tls),
                acme,
                tls.optional(WebKeys.TLS_HSTS, TimeRules::age).map(Found::value),
                binder.named(tls),
                AccessBinder.clients(tls, problems, files));
    }

    private List<String> names(Fields tls) {
        List<Found<String>> names = tls.list(WebKeys.TLS_NAMES, NameRules::pattern);
        Set<String> seen = new HashSet<>();
        for (Found<String> name : names) {
            if (!seen.add(name.value())) {
                problems.add(name.spot(), "tls.names has " + name.value() + " twice", "remove one");
            }
        }
        if (!names.isEmpty() && tls.has(WebKeys.TLS_CERTIFICATE)) {
            problems.add(
                    tls.spotOf(WebKeys.TLS_NAMES),
                    "tls.names has no effect with tls.certificate",
                    "remove it: the names are those in your certificate");
        }
        return names.stream().map(Found::value).toList();
    }

    private Optional<Provided> provided(Fields tls) {
        pairs(tls, WebKeys.TLS_CERTIFICATE, WebKeys.TLS_KEY);
        pairs(tls, WebKeys.TLS_KEY, WebKeys.TLS_CERTIFICATE);
        Optional<Certificate> certificate = files.certificate(tls, WebKeys.TLS_CERTIFICATE);
        Optional<String> key = files.key(tls, WebKeys.TLS_KEY, certificate);
        return certificate.flatMap(found -> key.map(path -> new Provided(found.path(), path)));
    }

    private List<Named> named(Fields tls) {
        if (!tls.has(WebKeys.TLS_CERTIFICATES)) {
            return List.of();
        }
        return tls
                .section(WebKeys.TLS_CERTIFICATES)
                .named(WebKeys.TLS_CERTIFICATES, WebKeys.TLS_NAMED)
                .stream()
                .flatMap(one -> provided(one).stream())
                .sorted(Comparator.comparing(Named::name))
                .toList();
    }

    private Optional<Named> provided(Fields.Named one) {
        Fields fields = one.fields();
        for (Key key : List.of(WebKeys.TLS_NAMED_CERTIFICATE, WebKeys.TLS_NAMED_KEY)) {
            fields.require(key);
        }
        Optional<Certificate> certificate =
                files.certificate(fields, WebKeys.TLS_NAMED_CERTIFICATE);
        Optional<String> key = files.key(fields, WebKeys.TLS_NAMED_KEY, certificate);
        return certificate.flatMap(found ->
                key.map(path -> new Named(one.name().value(), new Provided(found.path(), path))));
    }

    private void pairs(Fields tls, Key given, Key other) {
        if (tls.has(given) && !tls.has(other)) {
            problems.add(
                    tls.spotOf(given),
                    given.path() + " has no " + other.path(),
                    "add '" + other.example() + "': each needs the other");
        }
    }
}
