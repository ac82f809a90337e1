package dev.tandem.cli;

import dev.tandem.file.Reading;

/// The site file, or the pair file, has problems.
final class WrongSite extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Reading.Bad bad;

    WrongSite(Reading.Bad bad) {
        super("the file has problems");
        this.bad = bad;
    }

    /// The problems.
    Reading.Bad bad() {
        return bad;
    }
}
