package dev.tandem.prepare;

/// Something on this machine that would make the site fail, found before anything was started.
///
/// @param key the key in the site file that it concerns
/// @param what what is in the way
/// @param hint what to change
public record Obstacle(String key, String what, String hint) {
    /// The same, on one of the site's machines.
    Obstacle on(String machine) {
        return what.startsWith("on " + machine + ": ")
                ? this
                : new Obstacle(key, "on " + machine + ": " + what, hint);
    }

    @Override
    public String toString() {
        return key + ": " + what + "\n  hint: " + hint;
    }
}
