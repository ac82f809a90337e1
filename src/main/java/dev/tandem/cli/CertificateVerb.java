package dev.tandem.cli;

import dev.tandem.acme.RenewalTimer;
import dev.tandem.acme.Renewals;
import dev.tandem.acme.Renewals.Outcome;
import dev.tandem.acme.Renewals.When;
import dev.tandem.certificate.AcmeStore;
import dev.tandem.change.CertificateChange;
import dev.tandem.change.carry.Consent;
import dev.tandem.model.Acme;
import dev.tandem.model.Stop;
import dev.tandem.render.Notes;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `tandem certificate`: has a CA give the site a certificate, brings it to the balancers, and has
/// it withdrawn.
public final class CertificateVerb extends SiteVerb<CertificateVerb.Asked> {
    private final Console console;
    private final Tools tools;

    /// What the verb works with.
    ///
    /// @param home Tandem's own directory
    public record Tools(
            Renewals renewals, CertificateChange change, RenewalTimer timer, Path home) {}

    /// The options.
    ///
    /// @param words what is to be done
    /// @param now whether an order that failed a short while ago is tried again
    /// @param newAccount whether the site gets another account at the CA first
    /// @param agreed whether what is asked is answered already
    public record Asked(
            List<String> words,
            boolean now,
            boolean newAccount,
            boolean agreed,
            ChangeOptions change) {}

    public CertificateVerb(Console console, Tools tools) {
        this.console = console;
        this.tools = tools;
    }

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public String summary() {
        return "Orders the certificate of tls.acme when it is due, or has it revoked.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<List<String>> words =
                options.arguments("WHAT", "renew, revoke, timer install or timer remove.");
        Option<Boolean> now =
                options.flag("renew: does not wait after an order that failed.", "--now");
        Option<Boolean> account =
                options.flag("renew: with a new account at the CA.", "--new-account");
        Option<Boolean> yes = options.flag("revoke: does not ask.", "-y", "--yes");
        Function<Given, ChangeOptions> change = ChangeOptions.in(options);
        return given ->
                new Asked(
                        words.in(given),
                        now.in(given),
                        account.in(given),
                        yes.in(given),
                        change.apply(given));
    }

    /// A renewal must not depend on what somebody just edits.
    @Override
    Optional<Console> inIncidents() {
        return Optional.of(console);
    }

    @Override
    Optional<ExitCode> beforehand(Asked asked, GivenSite site) {
        return switch (String.join(" ", asked.words())) {
            case "renew", "revoke", "timer install", "timer remove" -> Optional.empty();
            default -> {
                console.remark("tandem: certificate renew, revoke, timer install, or timer remove");
                console.remark("  next:  tandem certificate --help");
                yield Optional.of(ExitCode.USAGE);
            }
        };
    }

    @Override
    ExitCode run(Asked asked, GivenSite site) {
        return switch (String.join(" ", asked.words())) {
            case "renew" -> renew(asked, site);
            case "revoke" -> revoke(asked, site);
            case "timer install" -> timer().install(site);
            default -> timer().remove(site);
        };
    }

    private TimerCall timer() {
        return new TimerCall(console, tools.timer(), tools.home());
    }

    private ExitCode renew(Asked asked, GivenSite site) {
        Renewals.Case one = ordering(site);
        try (AcmeStore.Alone _ = one.store().alone()) {
            if (asked.newAccount()) {
                tools.renewals().newAccount(one);
                bring(asked, site, one.store());
                console.remark("The site has a new key for an account at " + one.acme().url());
            }
            When when = asked.now() || asked.newAccount() ? When.DUE_NOW : When.DUE;
            Outcome outcome = tools.renewals().renew(one, when);
            if (outcome instanceof Outcome.Waits(var due)) {
                console.remark("tandem: " + RenewalWords.waits(due));
                console.remark("  next:  tandem certificate renew --now");
                return ExitCode.NO;
            }
            if (!one.store().isBrought()) {
                bring(asked, site, one.store());
            }
            console.answer(RenewalWords.of(outcome));
            return ExitCode.OK;
        }
    }

    private void bring(Asked asked, GivenSite site, AcmeStore store) {
        ChangeCall call = new ChangeCall(name(), String.join(" ", asked.words()), site);
        tools.change()
                .bring(site.place(), call.request(asked.change(), _ -> Consent.GIVEN))
                .forEach(console::remark);
        store.noteBrought();
    }

    /// First another one, so that clients have one all the time; then the old one is withdrawn,
    /// whether or not there is another one.
    private ExitCode revoke(Asked asked, GivenSite site) {
        Renewals.Case one = ordering(site);
        try (AcmeStore.Alone _ = one.store().alone()) {
            X509Certificate old = one.store().certificate().orElseThrow(CertificateVerb::nothing);
            console.remark(RenewalWords.toBeRevoked(old));
            if (!asked.agreed() && !console.asks("Have it revoked?")) {
                console.remark(
                        "Nothing was changed. Without the question: tandem certificate revoke"
                                + " --yes");
                return ExitCode.REFUSED;
            }
            Optional<Stop> failed = another(one);
            try {
                bring(asked, site, one.store());
            } finally {
                tools.renewals().revoke(one, old);
            }
            if (failed.isPresent()) {
                console.remark(
                        "It is revoked; the site's own certificate serves until there is another"
                                + " one.");
                throw failed.get();
            }
            console.answer("It is revoked; the balancers show another one.");
            return ExitCode.OK;
        }
    }

    /// Orders another one; without it, the site's own takes its place.
    private Optional<Stop> another(Renewals.Case one) {
        try {
            tools.renewals().renew(one, When.ALWAYS);
            return Optional.empty();
        } catch (Stop stop) {
            one.store().forget();
            return Optional.of(stop);
        }
    }

    private static Renewals.Case ordering(GivenSite site) {
        Acme acme = site.applied().tls().acme().orElseThrow(() -> noCa(site));
        if (!site.states().present().exists()) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "site " + site.site().name() + " was not brought up from this directory",
                    "nobody would answer the CA",
                    "nothing was ordered",
                    "tandem up");
        }
        AcmeStore store = new AcmeStore(site.place().directory().root().resolve(Notes.ACME));
        return new Renewals.Case(acme, store, site.place().base());
    }

    private static Stop noCa(GivenSite site) {
        boolean asked = site.site().tls().acme().isPresent();
        return new Stop(
                Stop.Kind.REFUSED,
                "this site has no CA that gives it certificates",
                asked ? "tls.acme is in its file, and was not applied yet" : "tls.acme is not set",
                "nothing was ordered",
                asked ? "tandem apply" : "add tls.acme to the site file, then: tandem apply");
    }

    private static Stop nothing() {
        return new Stop(
                Stop.Kind.REFUSED,
                "there is nothing to revoke",
                "no CA gave this site a certificate",
                "nothing was changed",
                "tandem certificate renew");
    }
}
