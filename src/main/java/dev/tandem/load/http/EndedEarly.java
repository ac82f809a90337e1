package dev.tandem.load.http;

import java.io.IOException;

/// The peer closed the connection cleanly before it was of any use.
public final class EndedEarly extends IOException {
    private static final long serialVersionUID = 1L;
}
