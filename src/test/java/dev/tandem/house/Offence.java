package dev.tandem.house;

/// One place that is not tidy.
///
/// @param file the path from the top of the project
/// @param line the line, the first being 1; 0 for the file as a whole
/// @param what what is wrong there
record Offence(String file, long line, String what) {
    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line) + ": " + what;
    }
}
