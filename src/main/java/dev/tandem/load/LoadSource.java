package dev.tandem.load;

import java.io.IOException;

/// Where requests are sent from. Runs follow each other; there is one at a time.
public interface LoadSource {
    /// This program.
    LoadSource HERE = new Here();

    /// Starts a run and returns. The first one is rehearsed before its zero, which takes a second,
    /// or a few on a busy machine.
    ///
    /// @throws IOException if the sink does not even accept the beginning, or if the generator is
    ///   lost
    Load start(LoadPlan plan, Sink sink) throws IOException, InterruptedException;

    /// Asks over a new connection, in plain HTTP, and returns the head of the answer, up to 8 KiB
    /// of it.
    ///
    /// @throws IOException if no head came within two seconds
    String ask(Question question) throws IOException;

    /// The generator in this program.
    final class Here implements LoadSource {
        private Here() {}

        @Override
        public Load start(LoadPlan plan, Sink sink) throws IOException, InterruptedException {
            return Generator.start(plan, sink);
        }

        @Override
        public String ask(Question question) throws IOException {
            return question.answer();
        }
    }
}
