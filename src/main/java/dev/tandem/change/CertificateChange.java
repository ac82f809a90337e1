package dev.tandem.change;

import dev.tandem.change.carry.CertificateProof;
import dev.tandem.change.carry.ChangeOutcome;
import dev.tandem.change.carry.ChangeRequest;
import dev.tandem.change.carry.ChangeRun;
import dev.tandem.change.carry.NodeCommands;
import dev.tandem.change.state.SavedState;
import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.prepare.SitePlace;
import dev.tandem.prepare.Staging;
import dev.tandem.render.AcmeChallenge;
import dev.tandem.render.Layout;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Brings the certificate that a CA gave to all balancers of a site, and changes nothing else: not
/// even what is new in the site file, or differs from it.
public final class CertificateChange {
    private final Changes changes;
    private final Preparation preparation;

    public CertificateChange(Changes changes, Preparation preparation) {
        this.changes = changes;
        this.preparation = preparation;
    }

    /// Brings what is kept of the CA to the balancers that answer. The others read it when they
    /// start.
    ///
    /// @return what each of them shows now, in a line; nothing when nothing had to be done
    public List<String> bring(SitePlace target, ChangeRequest request) {
        SavedState present = request.states().present();
        Begun.refuseAbsent(target, present);
        Site known = request.states().applied().orElse(target.site());
        SitePlace there = new SitePlace(known, target.base(), target.directory());
        try (Begun begun = changes.begin(there, request)) {
            Site site = request.states().applied().orElse(target.site());
            SitePlace applied = new SitePlace(site, target.base(), target.directory());
            try (Staging staging = Staging.of(target.directory(), Layout.NEXT)) {
                SavedState next = request.states().next(staging.next());
                present.copyTo(staging.next());
                List<String> made =
                        preparation.keepCertificates(
                                new SitePlace(site, target.base(), staging.next()),
                                target.directory());
                answerTheCa(applied, staging.next());
                ChangeOutcome outcome =
                        changes.work(begun, applied, request, next)
                                .carryOut(
                                        next.wanted(site),
                                        ChangeRun.Kind.CERTIFICATE,
                                        made,
                                        () -> {});
                return outcome.changed() ? proof(begun, applied, outcome) : List.of();
            }
        }
    }

    /// What the balancers answer to the CA: the thumbprint of the account that there is now. It is
    /// 43 letters in place of 43 others.
    private void answerTheCa(SitePlace applied, SiteDirectory next) {
        Optional<String> challenge = preparation.challenge(applied);
        for (Balancer balancer : applied.site().balancers()) {
            String path = Layout.placed(balancer.machine(), Layout.haproxy(balancer.name()));
            String text = next.read(path);
            challenge
                    .map(thumbprint -> AcmeChallenge.of(text, thumbprint))
                    .filter(changed -> !changed.equals(text))
                    .ifPresent(changed -> next.note(path, changed));
        }
    }

    private List<String> proof(Begun begun, SitePlace applied, ChangeOutcome outcome) {
        Optional<X509Certificate> shown = preparation.siteCertificate(applied);
        List<String> answering =
                applied.site().balancers().stream()
                        .map(Balancer::name)
                        .filter(name -> outcome.snapshot().answer(name).isPresent())
                        .toList();
        return shown.map(certificate ->
                        new CertificateProof(
                                        new NodeCommands(begun.place().engines(), applied.site()))
                                .of(answering, certificate))
                .orElse(List.of());
    }
}
