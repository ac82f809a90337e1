package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.GivenFile;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads keys whose values are paths, and checks that the files exist and are usable.
final class FileChecks {
    private static final int LONGEST_SCRIPT = 60_000;

    private final Problems problems;
    private final Surroundings surroundings;

    FileChecks(Problems problems, Surroundings surroundings) {
        this.problems = problems;
        this.surroundings = surroundings;
    }

    /// A directory that exists, and that everybody may see.
    Optional<String> directory(Fields fields, Key key) {
        Optional<Found<String>> path = fields.optional(key, PathRules::path);
        path.ifPresent(found -> {
            String what = fields.path() + "." + key.name() + ": ";
            String shown = Visible.quoted(found.value());
            if (!surroundings.isDirectory(found.value())) {
                problems.add(
                        found.spot(),
                        what + "there is no directory " + shown,
                        "create it, or correct the path: " + relative());
            } else if (surroundings.holdsSite(found.value())) {
                problems.add(
                        found.spot(),
                        what
                                + shown
                                + " holds a site file, or what Tandem keeps of a site;"
                                + " clients would see it",
                        "put the pages into a directory of their own, such as ./my-site");
            }
        });
        return path.map(Found::value);
    }

    /// A directory on another machine, which is not looked at.
    Optional<String> elsewhere(Fields fields, Key key) {
        Optional<Found<String>> path = fields.optional(key, PathRules::path);
        path.filter(found -> !found.value().startsWith("/"))
                .ifPresent(found ->
                        problems.add(
                                found.spot(),
                                "%s.%s: %s is relative, and with 'machines' it is on a machine"
                                        .formatted(
                                                fields.path(),
                                                key.name(),
                                                Visible.quoted(found.value())),
                                "write the whole path that it has there, such as /srv/www"));
        return path.map(Found::value);
    }

    /// A file with certificates.
    Optional<Certificate> certificate(Fields fields, Key key) {
        if (!surroundings.looked()) {
            return path(fields, key).map(path -> new Certificate(path, Optional.empty()));
        }
        return file(fields, key, UserCertificates::certificate)
                .map(found -> new Certificate(found.path, Optional.of(found.content)));
    }

    /// A file with certificates, all of which are wanted.
    Optional<Certificates> certificates(Fields fields, Key key) {
        return surroundings.looked()
                ? file(fields, key, UserCertificates::all)
                        .map(found -> new Certificates(found.path, found.content))
                : path(fields, key).map(path -> new Certificates(path, List.of()));
    }

    /// A file with a revocation list of each of these CAs.
    Optional<String> revocations(Fields fields, Key key, List<X509Certificate> authorities) {
        return surroundings.looked()
                ? file(fields, key, content -> UserCertificates.revocations(content, authorities))
                        .map(Looked::path)
                : path(fields, key);
    }

    /// A file with the private key of the certificate; with any private key when the certificate
    /// could not be read.
    Optional<String> key(Fields fields, Key key, Optional<Certificate> certificate) {
        if (!surroundings.looked()) {
            return path(fields, key);
        }
        Optional<X509Certificate> leaf = certificate.flatMap(Certificate::leaf);
        return leaf.isPresent()
                ? file(fields, key, content -> UserCertificates.key(content, leaf.get()))
                        .map(Looked::path)
                : file(fields, key, UserCertificates::key).map(Looked::path);
    }

    /// A file with one line that a header can carry.
    Optional<String> secret(Fields fields, Key key) {
        return file(fields, key, FileChecks::line).map(Looked::path);
    }

    /// The same, of a site that may have been applied before.
    Optional<String> token(Fields fields, Key key) {
        return surroundings.looked() ? secret(fields, key) : path(fields, key);
    }

    /// A file with one line, `user:password`, of a site that may have been applied before.
    Optional<String> login(Fields fields, Key key) {
        return surroundings.looked()
                ? file(fields, key, FileChecks::login).map(Looked::path)
                : path(fields, key);
    }

    /// A file with a program that names its interpreter, of a site that may have been applied
    /// before.
    Optional<String> script(Fields fields, Key key) {
        return surroundings.looked()
                ? file(fields, key, FileChecks::script).map(Looked::path)
                : path(fields, key);
    }

    /// A file that is a program. Whether it can be run is seen when it is.
    Optional<String> program(Fields fields, Key key) {
        return surroundings.looked()
                ? file(fields, key, Fits<byte[]>::new).map(Looked::path)
                : path(fields, key);
    }

    /// A page for clients.
    Optional<GivenFile> page(Fields fields, Key key) {
        return fields.optional(key, PathRules::path)
                .flatMap(path -> page(path, fields.path() + "." + key.name()));
    }

    /// The same, of a path that has been read.
    ///
    /// @param where its key
    Optional<GivenFile> page(Found<String> path, String where) {
        if (!surroundings.looked()) {
            return Optional.of(new GivenFile(path.value(), ""));
        }
        return file(path, where, content -> PageRules.page(path.value(), content))
                .map(found -> new GivenFile(found.path(), found.content()));
    }

    /// A file of users, as `htpasswd` writes it.
    Optional<GivenFile> users(Fields fields, Key key) {
        return surroundings.looked()
                ? file(fields, key, UserFileRules::users)
                        .map(found -> new GivenFile(found.path(), found.content()))
                : path(fields, key).map(path -> new GivenFile(path, ""));
    }

    private static Verdict<String> line(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1).strip();
        return text.matches("[!-~]{1,200}")
                ? new Fits<>(text)
                : new Unfit<>(
                        "it is not one line of visible ASCII without spaces",
                        "such as: openssl rand -hex 16");
    }

    private static Verdict<String> login(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1).strip();
        return text.matches("[!-9;-~]{1,200}:[ -~]{1,200}")
                ? new Fits<>(text)
                : new Unfit<>(
                        "it is not one line of ASCII with a user, a colon and a password",
                        "such as: ops@example.com:the password");
    }

    /// It goes through a pipe, which has room for no more.
    private static Verdict<String> script(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (content.length > LONGEST_SCRIPT) {
            return new Unfit<>("it is larger than 60 kB", "a shorter one");
        }
        return text.matches("(?s)#! ?/[!-~]+( [!-~]+)?\n.*")
                ? new Fits<>(text)
                : new Unfit<>(
                        "its first line does not name its interpreter",
                        "#!/bin/sh, or #!/usr/bin/perl: a balancer has no other");
    }

    private static Optional<String> path(Fields fields, Key key) {
        return fields.optional(key, PathRules::path).map(Found::value);
    }

    private <T> Optional<Looked<T>> file(
            Fields fields, Key key, Function<byte[], Verdict<T>> look) {
        String where = fields.path().isEmpty() ? "" : fields.path() + ".";
        return fields.optional(key, PathRules::path)
                .flatMap(path -> file(path, where + key.name(), look));
    }

    private <T> Optional<Looked<T>> file(
            Found<String> path, String where, Function<byte[], Verdict<T>> look) {
        String text = path.value();
        Verdict<T> verdict =
                surroundings
                        .read(text)
                        .map(look)
                        .orElseGet(() ->
                                new Unfit<>(
                                        "the file does not exist or cannot be read",
                                        "correct the path: " + relative()));
        return switch (verdict) {
            case Fits<T>(T content) -> Optional.of(new Looked<>(text, content));
            case Unfit<T>(String message, String hint) -> {
                problems.add(
                        path.spot(), where + " " + Visible.quoted(text) + ": " + message, hint);
                yield Optional.empty();
            }
        };
    }

    private String relative() {
        return "it is relative to the directory of " + problems.file();
    }

    /// A path and what was found there.
    private record Looked<T>(String path, T content) {}

    /// A certificate file: its path and its first certificate, if it was looked at.
    record Certificate(String path, Optional<X509Certificate> leaf) {}

    /// A certificate file: its path and its certificates; none if it was not looked at.
    record Certificates(String path, List<X509Certificate> all) {}
}
