package dev.tandem.load;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Waits for what another thread comes to, and fails here as it failed there.
final class Results {
    private Results() {}

    /// @throws IOException if it came to one; its message is the same, so is its kind where that is
    ///   {@link LoadLost}
    static <T> T await(CompletableFuture<T> result) throws IOException, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case LoadLost cause -> throw new LoadLost(cause.getMessage(), cause);
                case IOException cause -> throw new IOException(cause.getMessage(), cause);
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
