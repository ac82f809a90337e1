package dev.tandem.docker;

/// A command that goes on by itself until it is ended, such as `docker logs --follow`.
public interface Following extends AutoCloseable {
    /// Ends it; nothing happens when it has ended by itself.
    @Override
    void close();
}
