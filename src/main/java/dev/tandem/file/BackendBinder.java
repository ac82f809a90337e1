package dev.tandem.file;

import dev.tandem.file.Draft.OwnPart;
import dev.tandem.file.Draft.ServerPart;
import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Backend;
import dev.tandem.model.Backend.HttpReuse;
import dev.tandem.model.Backend.OutlierDetection;
import dev.tandem.model.Backend.Sticky;
import dev.tandem.model.Nameserver;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the section `backend`, and the same keys of a pool.
final class BackendBinder {
    private static final List<String> METHODS = WebKeys.METHODS.choices();

    private static final Pattern PERCENT = Pattern.compile("(\\d|[1-9]\\d|100)%");

    private BackendBinder() {}

    /// @param servers those that it is about
    static Optional<Backend> bind(
            Fields root, List<ServerPart> servers, Problems problems, FileChecks files) {
        Fields backend = root.section(WebKeys.BACKEND);
        Optional<Backend> bound = of(backend, files);
        if (bound.flatMap(one -> one.checking().port()).isPresent()) {
            servers.stream()
                    .filter(server -> server instanceof OwnPart)
                    .findFirst()
                    .ifPresent(own -> closed(backend, own, problems));
        }
        return bound;
    }

    private static void closed(Fields backend, ServerPart own, Problems problems) {
        problems.add(
                backend.spotOf(WebKeys.BACKEND_CHECK),
                "backend.check.port: %s is an Nginx of Tandem's, which has no other port"
                        .formatted(Visible.text(own.name().value())),
                "remove 'port': it is for web servers with 'url' alone");
    }

    /// @param backend the map that has these keys
    static Optional<Backend> of(Fields backend, FileChecks files) {
        Optional<Sticky> sticky = StickyBinder.bind(backend);
        Optional<Backend.Balance> balance = StickyBinder.balance(backend, sticky);
        Optional<Integer> retries = backend.number(WebKeys.BACKEND_RETRIES).map(Found::value);
        Optional<CheckBinder.Check> check = CheckBinder.bind(backend);
        List<String> methods =
                backend.list(WebKeys.BACKEND_RETRY_METHODS, BackendBinder::method).stream()
                        .map(Found::value)
                        .toList();
        Optional<Integer> budget =
                backend.optional(WebKeys.BACKEND_RETRY_BUDGET, BackendBinder::budget)
                        .map(Found::value);
        Optional<OutlierDetection> outliers =
                backend.optional(WebKeys.BACKEND_OUTLIER_DETECTION, BackendBinder::outliers)
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
                                methods,
                                budget.get(),
                                outliers.get(),
                                reuse.get(),
                                check.get().host(),
                                nameservers(backend),
                                check.get().how(),
                                sticky.get(),
                                files.page(backend, WebKeys.BACKEND_MAINTENANCE)))
                : Optional.empty();
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

    private static Verdict<OutlierDetection> outliers(String text) {
        return switch (text) {
            case "on" -> new Fits<>(OutlierDetection.ON);
            case "off" -> new Fits<>(OutlierDetection.OFF);
            default -> new Unfit<>(Visible.quoted(text) + " is neither on nor off", "on, or off");
        };
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
