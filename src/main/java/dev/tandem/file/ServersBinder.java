package dev.tandem.file;

import dev.tandem.file.Draft.ExistingPart;
import dev.tandem.file.Draft.OwnPart;
import dev.tandem.file.Draft.Seat;
import dev.tandem.file.Draft.ServerPart;
import dev.tandem.file.Fields.Named;
import dev.tandem.file.PathRules.Url;
import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Ip;
import dev.tandem.model.Server.Scheme;
import dev.tandem.model.Server.Verify;
import dev.tandem.model.ServerShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the section `servers`.
final class ServersBinder {
    private static final Pattern PERCENT = Pattern.compile("[1-9]\\d{0,2}%");

    private static final List<Key> OF_HTTPS =
            List.of(WebKeys.SERVER_CA, WebKeys.SERVER_TLS_NAME, WebKeys.SERVER_VERIFY);

    private final Problems problems;
    private final FileChecks files;
    private final Place place;

    /// Empty: the one without a name.
    private final Optional<String> pool;

    /// Where the directories lie that web servers show.
    private enum Place {
        HERE,
        ON_MACHINES
    }

    private ServersBinder(Problems problems, FileChecks files, Place place, Optional<String> pool) {
        this.problems = problems;
        this.files = files;
        this.place = place;
        this.pool = pool;
    }

    /// The web servers of the pool without a name, and after them those of the pools that have one.
    static List<ServerPart> bind(
            Fields root, List<Named> pools, Problems problems, FileChecks files) {
        Place place = root.has(FrontKeys.MACHINES) ? Place.ON_MACHINES : Place.HERE;
        List<ServerPart> all = new ArrayList<>();
        if (!TcpAlone.is(root)) {
            all.addAll(
                    new ServersBinder(problems, files, place, Optional.empty())
                            .parts(root, WebKeys.SERVERS));
        }
        for (Named pool : pools) {
            Optional<String> name = Optional.of(pool.name().value());
            all.addAll(
                    new ServersBinder(problems, files, place, name)
                            .parts(pool.fields(), PoolKeys.SERVERS));
        }
        return List.copyOf(all);
    }

    private List<ServerPart> parts(Fields parent, Key key) {
        return parent
                .requiredSection(key)
                .map(servers -> servers.named(key, WebKeys.SERVER))
                .orElse(List.of())
                .stream()
                .map(this::part)
                .toList();
    }

    private Seat seat(Fields server) {
        int weight =
                server.optional(WebKeys.SERVER_WEIGHT, ServersBinder::weight)
                        .map(Found::value)
                        .orElse(ServerShare.USUAL_WEIGHT);
        Optional<Integer> most = server.number(WebKeys.SERVER_MAX_CONNECTIONS).map(Found::value);
        boolean backup = server.truth(WebKeys.SERVER_BACKUP).map(Found::value).orElse(false);
        return new Seat(pool, new ServerShare(weight, most, backup));
    }

    static Verdict<Integer> weight(String text) {
        if (PERCENT.matcher(text).matches()) {
            int weight = Integer.parseInt(text.substring(0, text.length() - 1));
            if (weight <= ServerShare.MOST) {
                return new Fits<>(weight);
            }
        }
        return new Unfit<>(
                Visible.quoted(text) + " is not a weight",
                "such as 50%, whole numbers from 1% to "
                        + ServerShare.MOST
                        + "%; none: tandem drain");
    }

    private ServerPart part(Named named) {
        return named.fields().has(WebKeys.SERVER_URL) ? existing(named) : own(named);
    }

    private ServerPart own(Named named) {
        Fields server = named.fields();
        for (Key key : OF_HTTPS) {
            if (server.has(key)) {
                problems.add(
                        server.spotOf(key),
                        "%s: '%s' is only for a server with an https 'url'"
                                .formatted(server.path(), key.name()),
                        "remove it: Tandem's own Nginx has a certificate from the site's CA");
            }
        }
        if (server.has(WebKeys.SERVER_REPLICAS)) {
            problems.add(
                    server.spotOf(WebKeys.SERVER_REPLICAS),
                    server.path() + ": 'replicas' is only for a server with a 'url'",
                    "give each web server of Tandem's own an entry of its own");
        }
        if (server.has(WebKeys.SERVER_PROTO)) {
            problems.add(
                    server.spotOf(WebKeys.SERVER_PROTO),
                    server.path() + ": 'proto' is only for a server with a 'url'",
                    "remove it: Tandem's own Nginx is asked over HTTP/1.1");
        }
        return new OwnPart(
                named.name(),
                server.optional(WebKeys.SERVER_ADDRESS, AddressRules::address),
                place == Place.HERE
                        ? files.directory(server, WebKeys.SERVER_CONTENT)
                        : files.elsewhere(server, WebKeys.SERVER_CONTENT),
                server.optional(WebKeys.SERVER_MACHINE, NameRules::name),
                seat(server));
    }

    private ServerPart existing(Named named) {
        Fields server = named.fields();
        refuse(
                server,
                WebKeys.SERVER_CONTENT,
                "Tandem puts no content on a server that already exists");
        refuse(server, WebKeys.SERVER_ADDRESS, "the URL has the address");
        refuse(server, WebKeys.SERVER_MACHINE, "Tandem runs nothing for a server that exists");
        Optional<Found<Url>> url = server.optional(WebKeys.SERVER_URL, PathRules::url);
        for (Key key : OF_HTTPS) {
            if (server.has(key) && url.isPresent() && isPlain(url.get().value())) {
                problems.add(
                        server.spotOf(key),
                        "%s: '%s' has no effect with an http URL"
                                .formatted(server.path(), key.name()),
                        "remove it, or use https in 'url'");
            }
        }
        Optional<Verify> verify =
                server.optional(WebKeys.SERVER_VERIFY, PathRules::verify).map(Found::value);
        if (verify.equals(Optional.of(Verify.NONE)) && server.has(WebKeys.SERVER_CA)) {
            problems.add(
                    server.spotOf(WebKeys.SERVER_CA),
                    server.path() + ": 'ca' has no effect with verify: none",
                    "remove one of the two");
        }
        return new ExistingPart(
                named.name(),
                url,
                files.certificate(server, WebKeys.SERVER_CA).map(FileChecks.Certificate::path),
                server.optional(WebKeys.SERVER_TLS_NAME, PathRules::certificateName)
                        .map(Found::value),
                verify,
                replicas(server, url),
                server.optional(WebKeys.SERVER_PROTO, PathRules::proto).map(Found::value),
                seat(server));
    }

    /// More than one needs a name: DNS says where they are.
    private Optional<Found<Integer>> replicas(Fields server, Optional<Found<Url>> url) {
        Optional<Found<Integer>> replicas = server.number(WebKeys.SERVER_REPLICAS);
        if (replicas.filter(number -> number.value() > 1).isPresent()
                && url.filter(at -> Ip.ofHost(at.value().host()).isPresent()).isPresent()) {
            problems.add(
                    replicas.orElseThrow().spot(),
                    server.path() + ": 'replicas' has no effect with an address in 'url'",
                    "use a hostname with several addresses, or write each as a server of its own");
        }
        return replicas;
    }

    private void refuse(Fields server, Key key, String reason) {
        if (server.has(key)) {
            problems.add(
                    server.spotOf(key),
                    server.path() + ": '" + key.name() + "' cannot be combined with 'url'",
                    "remove one of the two: " + reason);
        }
    }

    private static boolean isPlain(Url url) {
        return url.scheme() == Scheme.HTTP;
    }
}
