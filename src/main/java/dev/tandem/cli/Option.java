package dev.tandem.cli;

/// A declared option or argument of a verb, with access to its value.
///
/// @param <T> the type of its value
@FunctionalInterface
public interface Option<T> {
    /// Its value on one command line.
    T in(Given given);
}
