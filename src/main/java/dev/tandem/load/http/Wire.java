package dev.tandem.load.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The path to the server: bytes in both directions, plain or through TLS. Nothing here blocks.
public interface Wire {
    /// Continues to connect; returns whether the wire can carry a request now.
    boolean connect() throws IOException;

    /// Reads what has arrived.
    ///
    /// @return how many bytes; 0 if none are there yet; -1 if the peer closed cleanly
    int read(ByteBuffer into) throws IOException;

    /// Writes as much as leaves now; returns whether all has left. The rest must be passed again.
    boolean write(ByteBuffer from) throws IOException;

    /// What the selector has to wait for until the wire is connected.
    int interest();

    /// Returns what it has borrowed.
    void release();
}
