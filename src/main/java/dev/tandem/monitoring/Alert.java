package dev.tandem.monitoring;

/// One alert rule.
///
/// @param name what it is called
/// @param expression what is asked; `$SITE` stands for the label of the site, `$POOLS` for a
///   pattern of the backends whose servers are checked
/// @param lasting for how long it must be so, in Prometheus' words; empty: told at once
/// @param severity who is to be told
/// @param summary one line
/// @param runbook what to do: a document of Tandem and a heading in it
record Alert(
        String name,
        String expression,
        String lasting,
        Severity severity,
        String summary,
        String runbook) {
    /// Who is to be told.
    enum Severity {
        /// Clients are affected, or the next failure affects them: somebody is to be woken.
        PAGE,
        /// Something is to be done, today or this week.
        WARNING,
        /// Something has happened.
        INFO
    }
}
