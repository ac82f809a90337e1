package dev.tandem.house.wrong.docker;

/// Breaks no rule: this is where one may pause.
final class Pause {
    private Pause() {}

    static void pause() throws InterruptedException {
        Thread.sleep(1);
    }
}
