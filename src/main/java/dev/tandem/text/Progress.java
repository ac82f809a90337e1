package dev.tandem.text;

/// Where long work says what it does. On a terminal the current activity is shown live; in a log
/// each is a line.
public interface Progress {
    /// Something that takes a while has begun, such as "building image tandem/web".
    void begin(String activity);

    /// How far it is: one short line, which replaces the one before.
    void detail(String detail);

    /// It is done; what came of it, such as "image tandem/web built".
    void done(String outcome);
}
