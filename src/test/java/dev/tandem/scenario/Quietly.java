package dev.tandem.scenario;

import dev.tandem.text.Progress;

/// Says nothing.
record Quietly() implements Progress {
    @Override
    public void begin(String activity) {}

    @Override
    public void detail(String detail) {}

    @Override
    public void done(String outcome) {}
}
