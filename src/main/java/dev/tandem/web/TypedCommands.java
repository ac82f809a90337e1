package dev.tandem.web;

import java.util.List;

/// Runs a command line of an operator, as if it had been typed.
@FunctionalInterface
public interface TypedCommands {
    /// Runs it to its end.
    ///
    /// @param words without the name of the program
    /// @return its exit code
    int run(List<String> words, Terminal terminal);

    /// The other side of the command: who reads what it says, and answers what it asks.
    interface Terminal {
        /// A line of its answer or of its progress.
        void said(String line);

        /// Waits for the answer to a question; no answer is a no.
        boolean agrees(String question);
    }
}
