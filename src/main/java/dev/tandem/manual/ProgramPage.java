package dev.tandem.manual;

import java.util.List;

/// A program with verbs, in words.
///
/// @param version the version that this describes
/// @param summary what it is, in a sentence
/// @param verbs in the order in which help lists them
/// @param exitCodes what its exit codes mean, in a sentence
public record ProgramPage(
        String name, String version, String summary, List<Verb> verbs, String exitCodes) {
    public ProgramPage {
        verbs = List.copyOf(verbs);
    }

    /// One of its verbs.
    ///
    /// @param options sorted by name, as help shows them
    /// @param arguments in their order
    public record Verb(
            String name, String summary, List<Choice> options, List<Argument> arguments) {
        public Verb {
            options = List.copyOf(options);
            arguments = List.copyOf(arguments);
        }
    }

    /// An option.
    ///
    /// @param names with their dashes, short ones first
    /// @param value what its value is called; empty for an option without one
    public record Choice(List<String> names, String value, String description) {
        public Choice {
            names = List.copyOf(names);
        }

        boolean hasValue() {
            return !value.isEmpty();
        }

        Words words() {
            return Words.of(value);
        }
    }

    /// An argument.
    ///
    /// @param label what it is called
    public record Argument(String label, Arity arity, String description) {
        Words words() {
            return Words.of(label);
        }
    }

    /// How often an argument is given.
    public enum Arity {
        /// Once.
        ONE,
        /// Once or not at all.
        OPTIONAL,
        /// Any number of times.
        MANY
    }

    /// What a shell offers for a value.
    enum Words {
        /// Files.
        FILES,
        /// Directories.
        DIRECTORIES,
        /// What the program itself answers when it is asked: the names of a site, for example.
        NAMES,
        /// Nothing: only the user knows.
        NONE;

        static Words of(String label) {
            return switch (label) {
                case "FILE", "HAPROXY_CFG", "KEEPALIVED_CONF" -> FILES;
                case "DIR", "RUN" -> DIRECTORIES;
                case "NODE", "FAULT", "SHELL", "VERB" -> NAMES;
                default -> NONE;
            };
        }
    }
}
