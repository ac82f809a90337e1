package dev.tandem.certificate;

import dev.tandem.model.ClientCertificates;
import dev.tandem.model.Receiver;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.model.Stop.Kind;
import dev.tandem.model.Tls;
import dev.tandem.render.Layout;
import dev.tandem.text.Pem;
import dev.tandem.text.Revocations;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// The certificates that the user supplies. All of them are read and checked before anything is
/// written, and all problems are reported at once.
///
/// The parsed content is kept, not the files themselves: no key slips out along with a CA, and no
/// key in an old format reaches HAProxy.
///
/// @param site the certificate that clients see, if it is the user's own
/// @param named by the name that the site file gives them, more that clients see
/// @param authorities by web server, or receiver of notices ({@link Layout.Tls#receiver}), the CA
///   that must have issued its certificate
/// @param secrets by name in the directory, what a receiver of notices is shown, or what tells it
/// @param clients what clients are checked against, if they are
record GivenCertificates(
        Optional<Credential> site,
        SortedMap<String, Credential> named,
        SortedMap<String, List<X509Certificate>> authorities,
        SortedMap<String, String> secrets,
        Optional<OfClients> clients) {

    /// What clients are checked against.
    ///
    /// @param authorities their CAs
    /// @param revoked the revocation lists of these; none: none is revoked
    record OfClients(List<X509Certificate> authorities, List<X509CRL> revoked) {}

    /// Reads them.
    ///
    /// @param resolve maps a path in the site file to the file
    /// @param now when they must be valid
    /// @throws Stop when one cannot be used
    static GivenCertificates read(Site site, Function<String, Path> resolve, Instant now) {
        Reader reader = new Reader(resolve, now, new ArrayList<>());
        Optional<Credential> own = site.tls().provided().flatMap(reader::credential);
        SortedMap<String, Credential> named = new TreeMap<>();
        site.tls()
                .certificates()
                .forEach(one ->
                        reader.credential(one.files())
                                .ifPresent(found -> named.put(one.name(), found)));
        SortedMap<String, List<X509Certificate>> authorities = new TreeMap<>();
        for (Server server : site.allServers()) {
            if (server instanceof Server.Existing there) {
                there.ca()
                        .flatMap(reader::certificates)
                        .ifPresent(found -> authorities.put(there.name(), found));
            }
        }
        SortedMap<String, String> secrets = new TreeMap<>();
        for (Receiver one : site.frontDoor().receivers()) {
            receiver(one, reader, authorities, secrets);
        }
        Optional<OfClients> clients = site.tls().clients().flatMap(reader::clients);
        if (!reader.problems.isEmpty()) {
            throw new Stop(
                    Kind.SITE_FILE,
                    "a certificate that the site file names cannot be used",
                    String.join("\n", reader.problems),
                    "nothing was changed",
                    "put the right files there, or name other files in the site file");
        }
        return new GivenCertificates(own, named, authorities, secrets, clients);
    }

    private static void receiver(
            Receiver one,
            Reader reader,
            SortedMap<String, List<X509Certificate>> authorities,
            SortedMap<String, String> secrets) {
        one.way()
                .authority()
                .flatMap(reader::certificates)
                .ifPresent(found -> authorities.put(Layout.Tls.receiver(one.name()), found));
        one.way()
                .secret()
                .flatMap(reader::line)
                .ifPresent(found -> secrets.put(Layout.Tls.token(one.name()), found));
        if (one.way() instanceof Receiver.Program(String command)) {
            reader.program(command)
                    .ifPresent(found -> secrets.put(Layout.Tls.command(one.name()), found));
        }
    }

    /// Reads files and collects their problems.
    private record Reader(Function<String, Path> resolve, Instant now, List<String> problems) {

        Optional<Credential> credential(Tls.Provided provided) {
            Optional<List<X509Certificate>> chain = certificates(provided.certificate());
            Optional<PrivateKey> key = parsed(provided.key(), PrivateKeys::first);
            if (chain.isEmpty() || key.isEmpty()) {
                return Optional.empty();
            }
            Credential credential = new Credential(key.get(), chain.get());
            flaw(credential, provided.key())
                    .ifPresent(flaw -> problems.add(provided.certificate() + ": " + flaw));
            return Optional.of(credential);
        }

        private Optional<String> flaw(Credential credential, String keyFile) {
            int place = place(credential);
            if (place < 0) {
                return Optional.of("it does not belong to the key in " + keyFile);
            }
            if (place > 0) {
                return Optional.of(
                        "the key in %s belongs to its certificate number %d, which must come first"
                                .formatted(keyFile, place + 1));
            }
            if (credential.expires().isBefore(now)) {
                return Optional.of("it has expired; it was " + credential.valid());
            }
            if (credential.begins().isAfter(now)) {
                return Optional.of("it is not valid before " + credential.begins());
            }
            return Optional.empty();
        }

        /// The place in the chain of the certificate that matches the key, counted from 0.
        private static int place(Credential credential) {
            for (int place = 0; place < credential.chain().size(); place++) {
                if (Pem.fits(credential.key(), credential.chain().get(place).getPublicKey())) {
                    return place;
                }
            }
            return -1;
        }

        Optional<OfClients> clients(ClientCertificates clients) {
            Optional<List<X509Certificate>> all = certificates(clients.authorities());
            Optional<List<X509CRL>> revoked =
                    clients.revoked().flatMap(file -> parsed(file, Revocations::in));
            revoked.filter(lists -> Revocations.ends(lists).isBefore(now))
                    .ifPresent(lists ->
                            problems.add(
                                    clients.revoked().orElseThrow()
                                            + ": its next update was due on "
                                            + Revocations.ends(lists)
                                            + "; every client would be refused"));
            return all.map(found -> new OfClients(found, revoked.orElse(List.of())));
        }

        Optional<List<X509Certificate>> certificates(String file) {
            return parsed(file, Pem::certificates);
        }

        Optional<String> line(String file) {
            return parsed(file, text -> text.strip() + "\n");
        }

        Optional<String> program(String file) {
            return parsed(file, text -> text);
        }

        private <T> Optional<T> parsed(String file, Parser<T> parser) {
            try {
                return Optional.of(parser.parse(CertificateFiles.text(resolve.apply(file))));
            } catch (IOException e) {
                problems.add(file + ": " + CertificateFiles.reason(e));
            } catch (Pem.Unreadable e) {
                problems.add(file + ": " + e.getMessage());
            }
            return Optional.empty();
        }
    }

    /// A reader of certificates or of a key.
    private interface Parser<T> {
        T parse(String text) throws Pem.Unreadable;
    }
}
