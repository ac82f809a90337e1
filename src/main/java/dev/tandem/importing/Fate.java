package dev.tandem.importing;

/// What has become of a line that was imported, or of a part of it.
public sealed interface Fate {

    /// A key of the site file says the same.
    ///
    /// @param key such as `pools.api.balance`
    record Carried(String key) implements Fate {}

    /// It stands in the site file as it was, below `haproxy`.
    ///
    /// @param key such as `haproxy.http`
    record Raw(String key) implements Fate {}

    /// Tandem does that by itself, or in a way of its own.
    ///
    /// @param why what it does
    record Covered(String why) implements Fate {}

    /// It is left out, or means something else now.
    ///
    /// @param why the reason, and where there is one the way out
    record Listed(String why) implements Fate {}
}
