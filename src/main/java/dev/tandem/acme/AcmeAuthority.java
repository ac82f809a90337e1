package dev.tandem.acme;

import dev.tandem.model.Acme;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.RevocationReason;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;

/// A CA, by the protocol ACME.
///
/// The account is asked for with its key each time, and made if the CA does not know it: one that
/// the CA has forgotten is no case of its own.
final class AcmeAuthority implements Authority {
    /// A CA asks from several places, and may be busy.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Acme acme;
    private final Proving proving;
    private final Troubles troubles;

    /// @param acme what to order
    /// @param proving how the names are proven
    AcmeAuthority(Acme acme, Proving proving) {
        this.acme = acme;
        this.proving = proving;
        this.troubles = new Troubles(acme);
    }

    /// What may fail at a CA.
    private interface Attempt<T> {
        T make() throws AcmeException, InterruptedException, OrderFailed;
    }

    @Override
    public List<X509Certificate> order(KeyPair account, KeyPair key) throws OrderFailed {
        return attempt(() -> {
            Order order =
                    account(account)
                            .create(session())
                            .newOrder()
                            .domains(CertificateNames.needed(acme.names()))
                            .create();
            prove(order);
            if (order.waitUntilReady(PATIENCE) != Status.READY) {
                throw troubles.refused(order.getError().map(Problem::toString));
            }
            order.execute(key);
            if (order.waitForCompletion(PATIENCE) != Status.VALID) {
                throw troubles.refused(order.getError().map(Problem::toString));
            }
            return order.getCertificate().getCertificateChain();
        });
    }

    @Override
    public void revoke(KeyPair account, X509Certificate certificate) throws OrderFailed {
        attempt(() -> {
            Login login = account(account).createLogin(session());
            Certificate.revoke(login, certificate, RevocationReason.UNSPECIFIED);
            return true;
        });
    }

    private <T> T attempt(Attempt<T> attempt) throws OrderFailed {
        try {
            return attempt.make();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw troubles.of(e);
        } catch (AcmeException | RuntimeException e) {
            throw troubles.of(e);
        }
    }

    private Session session() {
        return new Session(acme.url());
    }

    private AccountBuilder account(KeyPair key) {
        AccountBuilder builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(key);
        acme.email().ifPresent(builder::addEmail);
        return builder;
    }

    /// Has the CA ask for all names at once, then hears what it found.
    private void prove(Order order) throws AcmeException, InterruptedException, OrderFailed {
        List<Proving.Txt> records = new ArrayList<>();
        List<Authorization> asked = new ArrayList<>();
        try {
            List<Challenge> challenges = new ArrayList<>();
            for (Authorization one : order.getAuthorizations()) {
                if (one.getStatus() != Status.VALID) {
                    asked.add(one);
                    challenges.add(challenge(one, records));
                }
            }
            for (Challenge challenge : challenges) {
                challenge.trigger();
            }
            for (Authorization one : asked) {
                if (one.waitForCompletion(PATIENCE) != Status.VALID) {
                    throw troubles.unproven(name(one), problem(one), proving);
                }
            }
        } finally {
            if (proving instanceof Proving.ByDns dns) {
                records.forEach(dns::remove);
            }
        }
    }

    private Challenge challenge(Authorization one, List<Proving.Txt> records) throws OrderFailed {
        return switch (proving) {
            case Proving.ByHttp() ->
                    one.findChallenge(Http01Challenge.class)
                            .orElseThrow(() -> troubles.cannotProve(name(one), "HTTP"));
            case Proving.ByDns dns -> {
                Dns01Challenge challenge =
                        one.findChallenge(Dns01Challenge.class)
                                .orElseThrow(() -> troubles.cannotProve(name(one), "DNS"));
                Proving.Txt set = Proving.Txt.of(name(one), challenge.getDigest());
                records.add(set);
                dns.add(set);
                yield challenge;
            }
        };
    }

    private static String name(Authorization one) {
        return one.getIdentifier().getDomain();
    }

    private static Optional<String> problem(Authorization one) {
        return one.getChallenges().stream()
                .flatMap(challenge -> challenge.getError().stream())
                .map(Problem::toString)
                .findFirst();
    }
}
