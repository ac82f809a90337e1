package dev.tandem.doctor;

import java.util.Optional;

/// One thing that was examined, and its condition.
///
/// @param machine which of a site's machines it concerns; empty: the site, or the only machine
/// @param severity how bad it is
/// @param about what was examined, in a few words
/// @param seen what was seen; if unknown, the reason
/// @param why the consequence; empty text if there is none
/// @param cure a command, or an edit; empty text if nothing needs to be done
public record Finding(
        Optional<String> machine,
        Severity severity,
        String about,
        String seen,
        String why,
        String cure) {

    /// How bad a finding is, the worst first.
    public enum Severity {
        /// It is broken, or will break.
        ILL,
        /// It may break.
        RISK,
        /// It could not be found out.
        UNKNOWN,
        /// It is as it should be.
        WELL
    }

    static Finding ill(String about, String seen, String why, String cure) {
        return new Finding(Optional.empty(), Severity.ILL, about, seen, why, cure);
    }

    static Finding risk(String about, String seen, String why, String cure) {
        return new Finding(Optional.empty(), Severity.RISK, about, seen, why, cure);
    }

    static Finding unknown(String about, String reason, String cure) {
        return new Finding(Optional.empty(), Severity.UNKNOWN, about, reason, "", cure);
    }

    static Finding well(String about, String seen) {
        return new Finding(Optional.empty(), Severity.WELL, about, seen, "", "");
    }

    /// The same of one of a site's machines.
    Finding on(String name) {
        return new Finding(Optional.of(name), severity, about, seen, why, cure);
    }

    /// What was examined, and where.
    public String where() {
        return machine.map(name -> name + ": ").orElse("") + about;
    }
}
