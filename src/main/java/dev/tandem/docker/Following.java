package dev.tandem.docker;

/// A command that keeps running until it is ended, such as `docker logs --follow`.
public interface Following extends AutoCloseable {
    /// Ends the command; does nothing when it has already ended.
    @Override
    void close();
}
