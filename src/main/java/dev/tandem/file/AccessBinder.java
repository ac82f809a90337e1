package dev.tandem.file;

import dev.tandem.file.FileChecks.Certificates;
import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Access;
import dev.tandem.model.Admission;
import dev.tandem.model.AddressRange;
import dev.tandem.model.ClientCertificates;
import dev.tandem.model.ClientCertificates.Verify;
import java.util.List;
import java.util.Optional;

/// Reads the keys of who is let in.
final class AccessBinder {
    private AccessBinder() {}

    /// The certificates that clients show; empty when there are none, or something is wrong.
    ///
    /// @param tls the section `tls`
    static Optional<ClientCertificates> clients(Fields tls, Problems problems, FileChecks files) {
        for (Key key : List.of(AccessKeys.CLIENTS_CRL, AccessKeys.CLIENTS_VERIFY)) {
            if (tls.has(key) && !tls.has(AccessKeys.CLIENTS)) {
                problems.add(
                        tls.spotOf(key),
                        key.path() + " has no effect without " + AccessKeys.CLIENTS.path(),
                        "add '" + AccessKeys.CLIENTS.example() + "', or remove it");
            }
        }
        Optional<Certificates> authorities = files.certificates(tls, AccessKeys.CLIENTS);
        Optional<String> revoked =
                files.revocations(
                        tls,
                        AccessKeys.CLIENTS_CRL,
                        authorities.map(Certificates::all).orElse(List.of()));
        Verify verify =
                tls.optional(AccessKeys.CLIENTS_VERIFY, AccessBinder::verify)
                        .map(Found::value)
                        .orElse(Verify.REQUIRED);
        return authorities.map(found -> new ClientCertificates(found.path(), revoked, verify));
    }

    /// The section `access`.
    static Access access(Fields root) {
        Fields access = root.section(AccessKeys.ACCESS);
        return new Access(
                ranges(access, AccessKeys.ACCESS_ALLOW, AddressRules::range),
                ranges(access, AccessKeys.ACCESS_DENY, AddressRules::denied));
    }

    /// What a route lets through.
    static Admission admission(Fields route) {
        return new Admission(
                new Access(
                        ranges(route, PoolKeys.ROUTE_ALLOW, AddressRules::range),
                        ranges(route, PoolKeys.ROUTE_DENY, AddressRules::denied)),
                route.optional(PoolKeys.ROUTE_CLIENT_CERTIFICATE, AccessBinder::verify)
                        .map(Found::value),
                ClientLimitsBinder.ofRoute(route));
    }

    private static List<AddressRange> ranges(Fields fields, Key key, Rule<AddressRange> rule) {
        return fields.has(key)
                ? fields.requiredList(key, rule).stream().map(Found::value).toList()
                : List.of();
    }

    private static Verdict<Verify> verify(String text) {
        return switch (text) {
            case "required" -> new Fits<>(Verify.REQUIRED);
            case "optional" -> new Fits<>(Verify.OPTIONAL);
            default ->
                    new Unfit<>(
                            Visible.quoted(text) + " is neither required nor optional",
                            "required, or optional");
        };
    }
}
