package dev.tandem.importing;

import java.util.List;
import java.util.Optional;

/// What every part of an import writes to and reads from.
///
/// @param ledger what has become of each line
/// @param root the site file that is being written
/// @param names gives names
/// @param servers writes servers
/// @param checks writes checks
/// @param raw lines that stay HAProxy's own
/// @param proxies all frontends and backends
record ImportDraft(
        Fates ledger,
        YamlPart root,
        GivenNames names,
        Servers servers,
        Checks checks,
        RawLines raw,
        List<Proxy> proxies) {
    ImportDraft {
        proxies = List.copyOf(proxies);
    }

    static ImportDraft of(Fates ledger, Cfg cfg) {
        GivenNames names = new GivenNames();
        YamlPart root = YamlPart.root();
        return new ImportDraft(
                ledger,
                root,
                names,
                new Servers(ledger, names),
                new Checks(ledger),
                new RawLines(ledger, root),
                Proxy.all(cfg));
    }

    /// A backend, or a listen section, by its name.
    Optional<Proxy> backend(String name) {
        return proxies.stream()
                .filter(one -> one.section().kind() != Section.Kind.FRONTEND)
                .filter(one -> one.name().equals(name))
                .findFirst();
    }

    /// Carries a time to a key.
    void time(Line line, YamlPart to, String key, String path) {
        Optional<Long> millis = Times.millis(line.word(2));
        if (millis.isPresent()) {
            to.text(key, Times.text(millis.get())).from(line);
            ledger.carried(line, path + "." + key);
        } else {
            ledger.listed(line, "it is no time that can be read");
        }
    }
}
