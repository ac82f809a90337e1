package dev.tandem.certificate;

import dev.tandem.certificate.CertificateFiles.Access;
import dev.tandem.certificate.SeenCredential.Place;
import dev.tandem.certificate.SeenCredential.Whole;
import dev.tandem.disk.Disk;
import dev.tandem.model.Renewal;
import dev.tandem.model.Stop;
import dev.tandem.render.Layout;
import dev.tandem.render.Rendering;
import dev.tandem.text.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// What a site has of a CA that gives certificates by itself, in a directory that its owner alone
/// can read: the key of its account, the certificate with its key, and how the last attempt ended.
///
/// It lies beside the states of the site and belongs to none of them: a change that is taken back,
/// or a rollback, orders nothing again, and no state of the past holds the key of the account.
public final class AcmeStore {
    private static final String ACCOUNT = "account.key";
    private static final String CERTIFICATE = "certificate.pem";
    private static final String NOTE = "renewal";
    private static final String BROUGHT = "brought";
    private static final Place PLACE = new Place(CERTIFICATE, CERTIFICATE);

    private final Path directory;
    private final CertificateFiles files;

    /// @param directory which need not exist yet
    public AcmeStore(Path directory) {
        this.directory = directory;
        this.files = new CertificateFiles(directory);
    }

    /// The thumbprint of the account's key; empty when there is no key yet.
    Optional<String> thumbprint() {
        return files.read(ACCOUNT).flatMap(AccountKey::thumbprint);
    }

    /// Makes the key of the account, if there is none.
    void keepAccount(SecureRandom random) {
        if (thumbprint().isEmpty()) {
            newAccount(random);
        }
    }

    /// Makes another key, for another account. What the balancers answer to the CA follows with the
    /// next change of the site.
    public void newAccount(SecureRandom random) {
        files.put(ACCOUNT, AccountKey.made(random), Access.OWNER);
    }

    /// The key of the account.
    ///
    /// @throws Stop when there is none that can be used
    public KeyPair account() {
        try {
            return AccountKey.read(files.read(ACCOUNT).orElse(""));
        } catch (Pem.Unreadable e) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "the key of the account at the CA cannot be used",
                    directory.resolve(ACCOUNT) + ": " + e.getMessage(),
                    "nothing was ordered",
                    "tandem certificate renew --new-account");
        }
    }

    /// The certificate and its key; empty when there is none that can be used.
    Optional<Credential> credential() {
        return SeenCredential.at(PLACE, files) instanceof Whole(Credential whole)
                ? Optional.of(whole)
                : Optional.empty();
    }

    /// The certificate alone; empty when there is none that can be used.
    public Optional<X509Certificate> certificate() {
        return credential().map(Credential::certificate);
    }

    /// Keeps a certificate, and what is to be known of it.
    ///
    /// @param chain the certificate, followed by its intermediates
    public void keep(PrivateKey key, List<X509Certificate> chain, Renewal renewal) {
        PLACE.put(new Credential(key, chain), files);
        note(renewal);
    }

    /// Whether the balancers are known to have what is kept.
    public boolean isBrought() {
        return files.read(BROUGHT).orElse("").strip().equals(mark());
    }

    /// Notes that they have it.
    public void noteBrought() {
        files.put(BROUGHT, mark() + "\n", Access.OWNER);
    }

    /// What is to be brought: the certificate, and what is answered to the CA.
    private String mark() {
        String certificates =
                certificate().map(one -> Pem.text(List.of(one))).orElse("no certificate");
        return Rendering.sha256(certificates + thumbprint().orElse(""));
    }

    /// Forgets the certificate.
    public void forget() {
        try {
            Files.deleteIfExists(directory.resolve(CERTIFICATE));
        } catch (IOException e) {
            throw stop(CERTIFICATE, e);
        }
        note(new Renewal(Optional.empty(), renewal().failure()));
    }

    /// How it stands.
    public Renewal renewal() {
        return RenewalText.parse(files.read(NOTE).orElse(""));
    }

    /// Notes how it stands.
    public void note(Renewal renewal) {
        files.put(NOTE, RenewalText.of(renewal), Access.OWNER);
    }

    /// One order at a time. The change lock would do it too, and keep every other change waiting
    /// for the CA: a web server must go out of rotation meanwhile. The kernel gives this one back
    /// when its process ends, however it does.
    ///
    /// @throws Stop when somebody else orders
    public Alone alone() {
        try {
            Disk.ownDirectory(directory);
            FileChannel channel = Disk.toLock(directory.resolve(Layout.LOCK));
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return () -> close(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw stop(Layout.LOCK, e);
        }
        throw new Stop(
                Stop.Kind.REFUSED,
                "somebody else orders a certificate for this site",
                directory.resolve(Layout.LOCK) + " is locked by another Tandem",
                "nothing was ordered or changed by this command",
                "tandem status says how that one ended");
    }

    /// Held while an order goes on.
    public interface Alone extends AutoCloseable {
        @Override
        void close();
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stop stop(String name, IOException e) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "what is kept of the CA cannot be written",
                directory.resolve(name) + ": " + CertificateFiles.reason(e),
                "nothing was ordered or changed",
                "ls -la " + directory);
    }
}
