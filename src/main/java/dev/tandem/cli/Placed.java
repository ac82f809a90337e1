package dev.tandem.cli;

import dev.tandem.file.Surroundings;
import java.util.Map;
import java.util.Optional;

/// The surroundings of a state of the past: it is known on which machines its nodes were.
///
/// @param others everything else
/// @param machines by node
record Placed(Surroundings others, Map<String, String> machines) implements Surroundings {
    static Surroundings of(Surroundings others, Map<String, String> machines) {
        return new Placed(others, Map.copyOf(machines));
    }

    @Override
    public Map<String, String> placed(String site) {
        return machines;
    }

    @Override
    public boolean isDirectory(String path) {
        return others.isDirectory(path);
    }

    @Override
    public boolean holdsSite(String path) {
        return others.holdsSite(path);
    }

    @Override
    public Optional<byte[]> read(String path) {
        return others.read(path);
    }

    @Override
    public boolean looked() {
        return others.looked();
    }
}
