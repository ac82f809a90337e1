package dev.tandem.model;

/// A file that the site file names, and whose text becomes part of the configuration. It is named
/// wherever it is shown; its text is not.
///
/// @param path as in the site file
/// @param text what is in it; empty for a site that was applied before, whose files nobody looks at
public record GivenFile(String path, String text) {
    @Override
    public String toString() {
        return path;
    }
}
