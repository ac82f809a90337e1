package dev.tandem.prepare;

/// Something on this machine that would make the site fail, found before anything was started.
///
/// @param key the key in the site file that it concerns
/// @param what what is in the way
/// @param hint what to change
public record Obstacle(String key, String what, String hint) {
    @Override
    public String toString() {
        return key + ": " + what + "\n  hint: " + hint;
    }
}
