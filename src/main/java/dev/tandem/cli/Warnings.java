package dev.tandem.cli;

import dev.tandem.drill.BudgetWarnings;
import dev.tandem.model.Acme;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.util.ArrayList;
import java.util.List;

/// What is allowed in a site file, and should be known all the same. Pure.
final class Warnings {
    private Warnings() {}

    /// All of them, as `validate` says them.
    static List<String> of(Site site) {
        List<String> all = new ArrayList<>(unverified(site));
        all.addAll(BudgetWarnings.of(site));
        site.tls().acme().filter(acme -> acme.directory().equals(Acme.STAGING)).stream()
                .map(_ ->
                        "tls.acme.directory: letsencrypt-staging: nobody trusts its certificates;"
                                + " set letsencrypt when an order has succeeded")
                .forEach(all::add);
        return all;
    }

    /// Web servers whose certificates nobody verifies.
    static List<String> unverified(Site site) {
        return site.allServers().stream()
                .filter(server -> server instanceof Server.Existing there && there.isTakenOnTrust())
                .map(server ->
                        "servers.%s.verify: none: its certificate is not verified; anybody on the"
                                        .formatted(server.name())
                                + " way can read and change requests")
                .toList();
    }
}
