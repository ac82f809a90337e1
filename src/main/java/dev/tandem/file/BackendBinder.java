package dev.tandem.file;

import dev.tandem.file.Draft.OwnPart;
import dev.tandem.file.Draft.ServerPart;
import dev.tandem.file.Fields.Named;
import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Backend;
import dev.tandem.model.Backend.HttpReuse;
import dev.tandem.model.Backend.OutlierDetection;
import dev.tandem.model.Backend.Sticky;
import dev.tandem.model.Nameserver;
import dev.tandem.model.ProxyProtocol;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the section `backend`, and the same keys of a pool.
final class BackendBinder {
    private static final List<String> METHODS = WebKeys.METHODS.choices();

    private static final Pattern PERCENT = Pattern.compile("(\\d|[1-9]\\d|100)%");

    private final Problems problems;
    private final FileChecks files;

    private BackendBinder(Problems problems, FileChecks files) {
        this.problems = problems;
        this.files = files;
    }

    /// Of the pool without a name.
    ///
    /// @param servers those of all pools
    static Optional<Backend> bind(
            Fields root, List<ServerPart> servers, Problems problems, FileChecks files) {
        Fields backend = root.section(WebKeys.BACKEND);
        return new BackendBinder(problems, files).of(backend, in(Optional.empty(), servers));
    }

    /// Of a pool that has one.
    ///
    /// @param servers those of all pools
    static Optional<Backend> of(
            Named pool, List<ServerPart> servers, Problems problems, FileChecks files) {
        Optional<String> name = Optional.of(pool.name().value());
        return new BackendBinder(problems, files).of(pool.fields(), in(name, servers));
    }

    private static List<OwnPart> in(Optional<String> pool, List<ServerPart> servers) {
        return servers.stream()
                .filter(server -> server.seat().pool().equals(pool))
                .flatMap(server -> server instanceof OwnPart own ? Stream.of(own) : Stream.empty())
                .toList();
    }

    private Optional<Backend> of(Fields backend, List<OwnPart> own) {
        Optional<Backend> bound = of(backend);
        if (bound.flatMap(one -> one.checking().port()).isPresent()) {
            refuse(backend, WebKeys.BACKEND_CHECK, ".port", own, "which has no other port");
        }
        if (backend.has(WebKeys.BACKEND_PROXY_PROTOCOL)) {
            String why = "which is told by a header";
            refuse(backend, WebKeys.BACKEND_PROXY_PROTOCOL, "", own, why);
        }
        return bound;
    }

    /// What an Nginx of Tandem's cannot have.
    private void refuse(Fields backend, Key key, String below, List<OwnPart> own, String why) {
        own.stream()
                .findFirst()
                .ifPresent(one ->
                        problems.add(
                                backend.spotOf(key),
                                "%s.%s%s: %s is an Nginx of Tandem's, %s"
                                        .formatted(
                                                backend.path(),
                                                key.name(),
                                                below,
                                                Visible.text(one.name().value()),
                                                why),
                                "remove '%s': it is for web servers with 'url' alone"
                                        .formatted(below.isEmpty() ? key.name() : "port")));
    }

    /// @param backend the map that has these keys
    private Optional<Backend> of(Fields backend) {
        Optional<Sticky> sticky = StickyBinder.bind(backend);
        Optional<Backend.Balance> balance = StickyBinder.balance(backend, sticky);
        Optional<Integer> retries = backend.number(WebKeys.BACKEND_RETRIES).map(Found::value);
        Optional<CheckBinder.Check> check = CheckBinder.bind(backend);
        Optional<Integer> budget =
                backend.optional(WebKeys.BACKEND_RETRY_BUDGET, BackendBinder::budget)
                        .map(Found::value);
        Optional<OutlierDetection> outliers =
                backend.optional(
                                WebKeys.BACKEND_OUTLIER_DETECTION,
                                Rule.onOrOff(OutlierDetection.ON, OutlierDetection.OFF))
                        .map(Found::value);
        Optional<HttpReuse> reuse =
                backend.optional(WebKeys.BACKEND_HTTP_REUSE, BackendBinder::reuse)
                        .map(Found::value);
        return balance.isPresent()
                        && retries.isPresent()
                        && check.isPresent()
                        && budget.isPresent()
                        && outliers.isPresent()
                        && reuse.isPresent()
                        && sticky.isPresent()
                ? Optional.of(
                        new Backend(
                                balance.get(),
                                retries.get(),
                                check.get().path(),
                                methods(backend),
                                budget.get(),
                                outliers.get(),
                                reuse.get(),
                                check.get().host(),
                                nameservers(backend),
                                check.get().how(),
                                sticky.get(),
                                files.page(backend, WebKeys.BACKEND_MAINTENANCE),
                                proxyProtocol(backend)))
                : Optional.empty();
    }

    private static Optional<ProxyProtocol> proxyProtocol(Fields backend) {
        return backend.optional(WebKeys.BACKEND_PROXY_PROTOCOL, EndpointRules::proxyProtocol)
                .map(Found::value);
    }

    private static List<String> methods(Fields backend) {
        return backend.list(WebKeys.BACKEND_RETRY_METHODS, BackendBinder::method).stream()
                .map(Found::value)
                .toList();
    }

    private static List<Nameserver> nameservers(Fields backend) {
        return backend.has(WebKeys.BACKEND_NAMESERVERS)
                ? backend
                        .requiredList(WebKeys.BACKEND_NAMESERVERS, BackendBinder::nameserver)
                        .stream()
                        .map(Found::value)
                        .toList()
                : List.of();
    }

    private static Verdict<Nameserver> nameserver(String text) {
        return Nameserver.parse(text)
                .<Verdict<Nameserver>>map(Fits::new)
                .orElseGet(() ->
                        new Unfit<>(
                                Visible.quoted(text) + " is not the address of a DNS server",
                                "an IPv4 address, and a port unless it is 53: 10.0.0.53 or"
                                        + " 10.0.0.53:8600"));
    }

    private static Verdict<HttpReuse> reuse(String text) {
        for (HttpReuse reuse : HttpReuse.values()) {
            if (reuse.word().equals(text)) {
                return new Fits<>(reuse);
            }
        }
        return new Unfit<>(
                Visible.quoted(text) + " is not a way to reuse connections",
                "one of " + String.join(", ", WebKeys.REUSES.choices()));
    }

    private static Verdict<String> method(String text) {
        return METHODS.contains(text)
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is not a method that can be retried",
                        "one of " + String.join(", ", METHODS) + "; GET and HEAD always can");
    }

    private static Verdict<Integer> budget(String text) {
        return PERCENT.matcher(text).matches()
                ? new Fits<>(Integer.parseInt(text.substring(0, text.length() - 1)))
                : new Unfit<>(
                        Visible.quoted(text) + " is not a percentage",
                        "such as 20%, from 0% to 100%, whole numbers; 100% sets no limit");
    }
}
