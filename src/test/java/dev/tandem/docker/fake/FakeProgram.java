package dev.tandem.docker.fake;

import dev.tandem.docker.Output;
import java.util.List;

/// What runs in a container of the {@link FakeEngine}.
sealed interface FakeProgram permits FakeBalancer, FakeWebServer, FakeDirectory, FakeProgram.Other {
    /// Its container starts.
    void start();

    /// `docker exec`.
    Output exec(List<String> argv);

    /// The same in another container.
    FakeProgram copy(FakeContainer container, FakeEngine engine);

    /// What an image runs.
    static FakeProgram of(String image, FakeContainer container, FakeEngine engine) {
        if (container.made().mounts().containsKey(FakeDirectory.HERE)) {
            return new FakeDirectory(container);
        }
        if (image.startsWith("tandem/web:")) {
            return new FakeWebServer(container, engine);
        }
        return container.made().labels().getOrDefault("dev.tandem.role", "").equals("balancer")
                ? new FakeBalancer(container, engine)
                : new Other();
    }

    /// Nothing that is asked for anything.
    record Other() implements FakeProgram {
        @Override
        public void start() {}

        @Override
        public Output exec(List<String> argv) {
            throw unknown(argv);
        }

        @Override
        public FakeProgram copy(FakeContainer container, FakeEngine engine) {
            return this;
        }
    }

    static Output said(String stdout) {
        return new Output(0, stdout, "");
    }

    static Output refused(String stderr) {
        return new Output(1, "", stderr + "\n");
    }

    /// No test may go on with an answer that was made up.
    static IllegalArgumentException unknown(List<String> argv) {
        return new IllegalArgumentException("the fake engine does not know: " + argv);
    }
}
