package dev.tandem.acme;

import dev.tandem.certificate.AcmeStore;
import dev.tandem.model.Acme;
import java.nio.file.Path;
import java.util.Optional;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;

/// What somebody else may do to the account of a site.
public final class Deactivated {
    private Deactivated() {}

    /// Has the CA deactivate it.
    ///
    /// @param ca the file with the CA of the directory itself
    public static void account(Acme acme, AcmeStore store, Path ca) throws AcmeException {
        Trust.of(Optional.of(ca));
        new AccountBuilder()
                .onlyExisting()
                .useKeyPair(store.account())
                .create(new Session(acme.url()))
                .deactivate();
    }
}
