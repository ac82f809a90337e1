package dev.tandem.file;

import dev.tandem.model.Backend;
import java.util.Optional;

/// Reads what stands below `backend`.
final class BackendBinder {
    private static final int MOST_RETRIES = 10;

    private BackendBinder() {}

    static Optional<Backend> bind(Fields root) {
        Fields backend = root.section(Keys.BACKEND);
        Optional<Backend.Balance> balance =
                backend.optional(Keys.BACKEND_BALANCE, PathRules::balance).map(Found::value);
        Optional<Integer> retries =
                backend.number(Keys.BACKEND_RETRIES, 0, MOST_RETRIES).map(Found::value);
        Optional<String> check =
                backend.optional(Keys.BACKEND_CHECK, PathRules::check).map(Found::value);
        return balance.isPresent() && retries.isPresent() && check.isPresent()
                ? Optional.of(new Backend(balance.get(), retries.get(), check.get()))
                : Optional.empty();
    }
}
