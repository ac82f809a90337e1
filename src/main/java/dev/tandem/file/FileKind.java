package dev.tandem.file;

import java.util.List;

/// The kinds of files that are read here, each with its own keys.
enum FileKind {
    /// `tandem.yaml`: a site that Tandem builds.
    SITE(
            "site",
            "it needs at least vip with its address, balancers and servers",
            "begin with 'vip:' on a line of its own"),
    /// A pair that somebody else built, to be drilled.
    PAIR(
            "pair",
            "it needs at least pair, vip and balancers",
            "begin with 'pair:' on a line of its own");

    private final String thing;
    private final String needs;
    private final String begin;

    FileKind(String thing, String needs, String begin) {
        this.thing = thing;
        this.needs = needs;
        this.begin = begin;
    }

    /// What it describes, in one word.
    String thing() {
        return thing;
    }

    /// What must be in it.
    String needs() {
        return needs;
    }

    /// How it begins.
    String begin() {
        return begin;
    }

    /// Its keys, in the order of its reference document.
    List<Key> keys() {
        return switch (this) {
            case SITE -> Keys.all();
            case PAIR -> PairKeys.all();
        };
    }

    /// Those right below the key with this path.
    List<Key> below(String path) {
        return keys().stream().filter(key -> key.parent().equals(path)).toList();
    }
}
