package dev.tandem.text;

/// Where long work reports what it is doing. On a terminal the current activity is shown live; in a
/// log each activity is a line.
public interface Progress {
    /// A lengthy activity has begun, such as "building image tandem/web".
    void begin(String activity);

    /// How far it has come: one short line, which replaces the previous one.
    void detail(String detail);

    /// The activity is done; its outcome, such as "image tandem/web built".
    void done(String outcome);
}
