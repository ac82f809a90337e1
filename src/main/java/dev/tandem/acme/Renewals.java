package dev.tandem.acme;

import dev.tandem.certificate.AcmeStore;
import dev.tandem.docker.Runner;
import dev.tandem.model.Acme;
import dev.tandem.model.Renewal;
import dev.tandem.model.Renewal.Held;
import dev.tandem.model.Stop;
import dev.tandem.text.Pem;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Orders certificates when they are due, and notes how that ended before anything else is done.
/// Bringing one to the balancers is another matter, which may be done again.
public final class Renewals {
    private final Runner runner;
    private final InstantSource clock;
    private final SecureRandom random;

    /// @param runner runs the operator's program for DNS
    public Renewals(Runner runner, InstantSource clock, SecureRandom random) {
        this.runner = runner;
        this.clock = clock;
        this.random = random;
    }

    /// What a site asks of its CA.
    ///
    /// @param acme what it asks for
    /// @param store what it has
    /// @param base where relative paths of the site file begin
    public record Case(Acme acme, AcmeStore store, Path base) {}

    /// When an order is made.
    public enum When {
        /// When one is due, and the last failure is long enough ago.
        DUE,
        /// When one is due.
        DUE_NOW,
        /// In any case.
        ALWAYS
    }

    /// What became of it.
    public sealed interface Outcome {
        /// The certificate that there is will do.
        record Kept(Held held) implements Outcome {}

        /// Another one was given.
        record Ordered(Held held) implements Outcome {}

        /// One is due, and the last attempt failed a short while ago.
        record Waits(Due.Waits due) implements Outcome {}
    }

    /// Orders a certificate if that is to be done.
    ///
    /// @throws Stop when the CA gave none; that is noted, too
    public Outcome renew(Case site, When when) {
        Due due = Due.of(site.acme(), site.store().renewal(), clock.instant());
        return switch (due) {
            case Due.Later later ->
                    when == When.ALWAYS
                            ? ordered(site)
                            : new Outcome.Kept(
                                    site.store()
                                            .renewal()
                                            .held()
                                            .orElseThrow(() ->
                                                    new IllegalStateException("kept: " + later)));
            case Due.Waits waits when when == When.DUE -> new Outcome.Waits(waits);
            case Due.Waits _, Due.Now _ -> ordered(site);
        };
    }

    /// Gives the site another key for an account. What the balancers answer has to follow.
    public void newAccount(Case site) {
        site.store().newAccount(random);
    }

    private Outcome ordered(Case site) {
        AcmeStore store = site.store();
        Renewal before = store.renewal();
        try {
            KeyPair key = key();
            List<X509Certificate> chain = authority(site).order(store.account(), key);
            Held held = held(site.acme(), chain.getFirst());
            store.keep(key.getPrivate(), chain, new Renewal(Optional.of(held), Optional.empty()));
            return new Outcome.Ordered(held);
        } catch (OrderFailed e) {
            store.note(
                    new Renewal(
                            before.held(),
                            Optional.of(
                                    Backoff.failed(
                                            site.acme(),
                                            before.failure(),
                                            e.trouble(),
                                            clock.instant(),
                                            random.nextInt()))));
            throw e.stop();
        }
    }

    /// Has the CA withdraw a certificate.
    ///
    /// @throws Stop when it did not
    public void revoke(Case site, X509Certificate certificate) {
        try {
            authority(site).revoke(site.store().account(), certificate);
        } catch (OrderFailed e) {
            throw e.stop();
        }
    }

    private Authority authority(Case site) {
        Trust.of(site.acme().ca().map(site.base()::resolve));
        Proving proving =
                site.acme()
                        .dns()
                        .<Proving>map(program ->
                                new Proving.ByDns(
                                        runner,
                                        site.base().resolve(program).toAbsolutePath(),
                                        site.base().toAbsolutePath()))
                        .orElseGet(Proving.ByHttp::new);
        return new AcmeAuthority(site.acme(), proving);
    }

    private static Held held(Acme acme, X509Certificate certificate) {
        Instant begins = certificate.getNotBefore().toInstant();
        Instant ends = certificate.getNotAfter().toInstant();
        long own = certificate.getSerialNumber().longValue();
        return new Held(
                acme.url(), Pem.names(certificate), begins, ends, Due.after(begins, ends, own));
    }

    /// A key for one certificate: the next one gets another.
    private KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has keys on P-256", e);
        }
    }
}
