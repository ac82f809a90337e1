package dev.tandem.load.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The way to the server: bytes there and back, plain or through TLS. Nothing here blocks.
public interface Wire {
    /// Goes on with connecting; whether the wire can carry a request now.
    boolean connect() throws IOException;

    /// Reads what has come.
    ///
    /// @return how many bytes; 0 when none are there yet; -1 when the peer ended in order
    int read(ByteBuffer into) throws IOException;

    /// Writes as much as leaves now; whether all has left. The rest is to be given again.
    boolean write(ByteBuffer from) throws IOException;

    /// What the selector has to wait for until it is connected.
    int interest();

    /// Gives back what it has borrowed.
    void release();
}
