package dev.tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Output;

/// A file that a program of a node has loaded and that a test replaces. In the end it is as it was
/// before, and loaded again: also after a test that failed, so that the next one begins well.
final class LoadedFile implements AutoCloseable {
    private final LiveSite live;
    private final String node;
    private final String program;
    private final String path;
    private final String before;

    /// @param program what `reload` is told: a program, or what else it loads again
    /// @param path where the file is in the rendered directory
    LoadedFile(LiveSite live, String node, String program, String path) {
        this.live = live;
        this.node = node;
        this.program = program;
        this.path = path;
        this.before = live.file(path) + "\n";
    }

    /// Its text before.
    String before() {
        return before;
    }

    /// The hash of what the program has loaded, by the node's word.
    String loaded() {
        boolean isMain = program.equals("haproxy") || program.equals("nginx");
        return live.site().fact(node, isMain ? "loaded" : "loaded_" + program);
    }

    /// Replaces it: the program takes it, and the node says so.
    void taken(String text) {
        live.replace(path, text);
        live.reloaded(node, program);
        assertThat(loaded()).isEqualTo(live.hash(path));
    }

    /// The same so many times, each time by another text that means the same, under load.
    void loadedAgain(int times, UnderLoad load) {
        for (int round = 1; round <= times; round++) {
            taken(before + "# round " + round + "\n");
            load.goOn(1);
        }
    }

    /// Replaces it by one that is no good: the program goes on with what it had.
    ///
    /// @return what `reload` said
    Output refused(String text) {
        String had = loaded();
        live.replace(path, text);
        Output output = live.reload(node, program);
        assertThat(output.exit()).isEqualTo(1);
        assertThat(loaded()).isEqualTo(had);
        return output;
    }

    @Override
    public void close() {
        live.replace(path, before);
        live.reloaded(node, program);
    }
}
