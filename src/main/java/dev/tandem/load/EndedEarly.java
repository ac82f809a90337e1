package dev.tandem.load;

import java.io.IOException;

/// The peer closed the connection in order before it was of any use.
final class EndedEarly extends IOException {
    private static final long serialVersionUID = 1L;
}
