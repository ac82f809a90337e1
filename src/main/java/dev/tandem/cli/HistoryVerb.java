package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.state.PastChange;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Layout;
import dev.tandem.text.Seconds;
import dev.tandem.text.Table;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `tandem history`: who changed what, when, and how it went.
public final class HistoryVerb extends SiteVerb<HistoryVerb.Asked> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private static final int LONGEST = 40;

    private final Console console;
    private final Changes changes;

    /// The options.
    ///
    /// @param json whether the answer is for a program
    /// @param purge which states are to be forgotten: before a change, or `all`
    /// @param agreed whether the answer was given on the command line
    public record Asked(boolean json, Optional<String> purge, boolean agreed) {}

    public HistoryVerb(Console console, Changes changes) {
        this.console = console;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public String summary() {
        return "Lists who changed what and when, and how it went; newest first.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Boolean> json = Json.option(options);
        Option<Optional<String>> purge =
                options.text(
                        "CHANGE|all",
                        "Removes the states before all earlier changes, with their keys."
                                + " Asks first.",
                        "--purge");
        Option<Boolean> yes = options.flag("Does not ask for confirmation.", "-y", "--yes");
        return given -> new Asked(json.in(given), purge.in(given), yes.in(given));
    }

    @Override
    Optional<Console> inIncidents() {
        return Optional.of(console);
    }

    @Override
    ExitCode run(Asked asked, GivenSite site) {
        if (asked.purge().isPresent()) {
            return purge(asked.purge().get(), asked.agreed(), site);
        }
        SiteDirectory directory = site.place().directory();
        List<PastChange> records = changes.history(directory);
        if (asked.json()) {
            console.answer(HistoryJson.of(records, directory.root()));
            return ExitCode.OK;
        }
        if (records.isEmpty()) {
            console.answer("No change yet.");
            return ExitCode.OK;
        }
        Table table = new Table("CHANGE", "WHEN", "WHAT", "BY", "STEPS", "TOOK", "OUTCOME");
        for (PastChange record : records) {
            table.row(
                    Integer.toString(record.number()),
                    record.begun().map(TIME::format).orElse("unknown"),
                    (record.verb() + " " + shortened(record.subject())).strip(),
                    record.by().replaceFirst(", process.*", ""),
                    Integer.toString(record.steps()),
                    took(record),
                    record.outcome());
        }
        console.answer(table.toString());
        console.remark(
                "Steps of a change: "
                        + directory.root().resolve(Layout.HISTORY)
                        + "/CHANGE/"
                        + Layout.JOURNAL);
        return ExitCode.OK;
    }

    private ExitCode purge(String upTo, boolean agreed, GivenSite site) {
        boolean all = upTo.equals("all");
        if (!all && !upTo.matches("[1-9]\\d{0,8}")) {
            console.remark(
                    "--purge " + upTo + ": the number of a change, or all; see: tandem history");
            return ExitCode.USAGE;
        }
        String what =
                all
                        ? "the states before all changes, with their private keys: rollback has"
                                + " nothing to go back to"
                        : "the states before the changes up to %d, with their private keys"
                                .formatted(Integer.parseInt(upTo) - 1);
        if (!agreed && !console.asks("Remove " + what + "?")) {
            console.remark(
                    "Nothing was removed: "
                            + what
                            + ". To do it: tandem history --purge "
                            + upTo
                            + " --yes");
            return ExitCode.REFUSED;
        }
        int purged = changes.purge(site.place(), all ? Integer.MAX_VALUE : Integer.parseInt(upTo));
        console.answer("Removed %d state%s.".formatted(purged, purged == 1 ? "" : "s"));
        return ExitCode.OK;
    }

    /// A line of the table must fit on a terminal.
    private static String shortened(String subject) {
        return subject.length() <= LONGEST ? subject : subject.substring(0, LONGEST - 1) + "…";
    }

    private static String took(PastChange record) {
        if (record.begun().isEmpty() || record.ended().isEmpty()) {
            return "";
        }
        return Seconds.tenths(Duration.between(record.begun().get(), record.ended().get()));
    }
}
