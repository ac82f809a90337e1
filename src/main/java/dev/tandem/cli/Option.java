package dev.tandem.cli;

/// An option or an argument that a verb has declared, and the way to its value.
///
/// @param <T> what it comes to
@FunctionalInterface
public interface Option<T> {
    /// Its value on one command line.
    T in(Given given);
}
