package dev.tandem.load;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The generator on another machine does not answer any more, so what it sends, if it still does,
/// is not known.
public final class LoadLost extends IOException {
    private static final long serialVersionUID = 1L;

    /// @param message why, on one line
    LoadLost(@Nullable String message, Throwable cause) {
        super(message, cause);
    }

    /// @param message why, on one line
    LoadLost(String message) {
        super(message);
    }
}
