package dev.tandem.doctor;

/// One thing that was looked at, and how it is.
///
/// @param severity how bad it is
/// @param about what was looked at, in a few words
/// @param seen what was seen; for the unknown, why it is
/// @param why what follows from it; empty text where nothing does
/// @param cure a command, or an edit; empty text where nothing is to be done
public record Finding(Severity severity, String about, String seen, String why, String cure) {

    /// How bad a finding is, the worst first.
    public enum Severity {
        /// It breaks, or will.
        ILL,
        /// It may break.
        RISK,
        /// It could not be found out.
        UNKNOWN,
        /// It is as it should be.
        WELL
    }

    static Finding ill(String about, String seen, String why, String cure) {
        return new Finding(Severity.ILL, about, seen, why, cure);
    }

    static Finding risk(String about, String seen, String why, String cure) {
        return new Finding(Severity.RISK, about, seen, why, cure);
    }

    static Finding unknown(String about, String reason, String cure) {
        return new Finding(Severity.UNKNOWN, about, reason, "", cure);
    }

    static Finding well(String about, String seen) {
        return new Finding(Severity.WELL, about, seen, "", "");
    }
}
