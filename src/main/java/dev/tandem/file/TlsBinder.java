package dev.tandem.file;

import dev.tandem.file.FileChecks.Certificate;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.model.Tls;
import dev.tandem.model.Tls.Provided;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what stands below `tls`.
final class TlsBinder {
    private static final int MOST_NAMES = 100;

    private final Problems problems;
    private final FileChecks files;

    private TlsBinder(Problems problems, FileChecks files) {
        this.problems = problems;
        this.files = files;
    }

    static Tls bind(Fields root, Problems problems, FileChecks files) {
        TlsBinder binder = new TlsBinder(problems, files);
        Fields tls = root.section(Keys.TLS);
        return new Tls(binder.names(tls), binder.provided(tls));
    }

    private List<String> names(Fields tls) {
        List<Found<String>> names = tls.list(Keys.TLS_NAMES, NameRules::pattern, MOST_NAMES);
        Set<String> seen = new HashSet<>();
        for (Found<String> name : names) {
            if (!seen.add(name.value())) {
                problems.add(name.spot(), "tls.names has " + name.value() + " twice", "remove one");
            }
        }
        if (!names.isEmpty() && tls.has(Keys.TLS_CERTIFICATE)) {
            problems.add(
                    tls.spotOf(Keys.TLS_NAMES),
                    "tls.names has no effect beside tls.certificate",
                    "remove it: the names are those in your certificate");
        }
        return names.stream().map(Found::value).toList();
    }

    private Optional<Provided> provided(Fields tls) {
        pairs(tls, Keys.TLS_CERTIFICATE, Keys.TLS_KEY);
        pairs(tls, Keys.TLS_KEY, Keys.TLS_CERTIFICATE);
        Optional<Certificate> certificate = files.certificate(tls, Keys.TLS_CERTIFICATE);
        Optional<String> key = files.key(tls, Keys.TLS_KEY, certificate);
        return certificate.flatMap(found -> key.map(path -> new Provided(found.path(), path)));
    }

    private void pairs(Fields tls, Key given, Key other) {
        if (tls.has(given) && !tls.has(other)) {
            problems.add(
                    tls.spotOf(given),
                    given.path() + " stands without " + other.path(),
                    "add '" + other.example() + "': the two belong together");
        }
    }
}
