package dev.tandem.cli;

import dev.tandem.change.Changes;
import dev.tandem.change.state.PastChange;
import dev.tandem.docker.Fleet;
import dev.tandem.evidence.RequestStory;
import dev.tandem.evidence.Said;
import dev.tandem.evidence.VipMove;
import dev.tandem.model.Site;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `tandem why`: why the VIP moved, or what became of a request, from the logs of all nodes.
public final class WhyVerb extends SiteVerb<WhyVerb.Asked> {
    private static final String A_DAY = "24h";

    private final Console console;
    private final Fleet fleet;
    private final Changes changes;

    /// The options.
    ///
    /// @param request the id of a request; empty: the VIP is asked about
    /// @param at the move that was the last one then, as typed; empty: the last one
    /// @param since how far back the logs are read, as typed
    /// @param all whether all moves are listed
    /// @param json whether the answer is for a program
    public record Asked(
            Optional<String> request,
            Optional<String> at,
            Optional<String> since,
            boolean all,
            boolean json) {}

    public WhyVerb(Console console, Fleet fleet, Changes changes) {
        this.console = console;
        this.fleet = fleet;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "why";
    }

    @Override
    public String summary() {
        return "Says why the VIP moved, or what became of a request, from the nodes' logs.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Optional<String>> at =
                options.text(
                        "TIME",
                        "The move that was the last one then: 2026-11-29T14:03:22Z.",
                        "--at");
        Option<Optional<String>> since =
                options.text(
                        "TIME",
                        "How far back the logs are read (" + A_DAY + "): 7d is 168h.",
                        "--since");
        Option<Boolean> all = options.flag("Lists all moves, the oldest first.", "--all");
        Option<Boolean> json = Json.option(options);
        Option<Optional<String>> request =
                options.optionalArgument("ID", "A request: what it had as X-Tandem-Id.");
        return given ->
                new Asked(
                        request.in(given).filter(id -> !id.isEmpty()),
                        at.in(given),
                        since.in(given),
                        all.in(given),
                        json.in(given));
    }

    @Override
    Optional<Console> inIncidents() {
        return Optional.of(console);
    }

    @Override
    boolean isForEverybody() {
        return true;
    }

    @Override
    ExitCode run(Asked asked, GivenSite given) {
        Optional<String> since = Since.read(asked.since().orElse(A_DAY));
        if (since.isEmpty()) {
            console.remark("tandem: --since %s is no time".formatted(asked.since().orElse("")));
            console.remark("  next:  tandem why --since 168h, or 2026-11-22T17:00:01Z");
            return ExitCode.USAGE;
        }
        Optional<Instant> at = asked.at().flatMap(WhyVerb::moment);
        if (asked.at().isPresent() && at.isEmpty()) {
            console.remark("tandem: --at %s is no moment".formatted(asked.at().get()));
            console.remark("  next:  tandem why --at 2026-11-29T14:03:22Z, or tandem why --all");
            return ExitCode.USAGE;
        }
        Site site = given.site();
        NodeLines lines = new NodeLines(console, fleet.of(site), site);
        if (asked.request().isPresent()) {
            return request(asked.request().get(), asked.json(), lines, since.get());
        }
        List<Said> said = lines.since(since.get(), text -> text.startsWith("init: "));
        List<VipMove> moves = VipMove.in(said);
        List<VipMove> then =
                moves.stream()
                        .filter(move -> at.map(time -> !move.at().isAfter(time)).orElse(true))
                        .toList();
        if (then.isEmpty()) {
            console.answer(
                    asked.json()
                            ? WhyJson.of(List.of())
                            : "The logs since %s know of no move of the VIP; further back: tandem"
                                            .formatted(since.get())
                                    + " why --since 168h");
            return ExitCode.NO;
        }
        show(asked, moves, then, given);
        return ExitCode.OK;
    }

    private static Optional<Instant> moment(String typed) {
        String text = typed.strip().replaceFirst(" ", "T");
        try {
            boolean hasZone = text.matches(".*(Z|[+-]\\d{2}:\\d{2})");
            return Optional.of(OffsetDateTime.parse(hasZone ? text : text + "Z").toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void show(Asked asked, List<VipMove> moves, List<VipMove> then, GivenSite given) {
        if (asked.json()) {
            console.answer(WhyJson.of(asked.all() ? then : List.of(shown(then, asked))));
            return;
        }
        if (asked.all()) {
            console.answer(WhyText.list(then));
            return;
        }
        VipMove move = shown(then, asked);
        int place = moves.indexOf(move);
        Optional<VipMove> back =
                moves.stream()
                        .skip(place + 1L)
                        .findFirst()
                        .filter(next -> move.from().equals(Optional.of(next.to())));
        console.answer(WhyText.sentence(move, back));
        WhyText.change(history(given), move.at()).ifPresent(console::answer);
        console.answer("");
        console.answer(WhyText.evidence(move));
        if (place > 0) {
            console.remark(
                    "The move before: tandem why --at "
                            + moves.get(place - 1).at()
                            + "; all of them: tandem why --all");
        }
    }

    /// The last one; where that only brought the VIP back, the one that took it away.
    private static VipMove shown(List<VipMove> then, Asked asked) {
        VipMove last = then.getLast();
        if (asked.at().isPresent() || then.size() < 2 || !last.isReturn()) {
            return last;
        }
        VipMove before = then.get(then.size() - 2);
        return before.from().equals(Optional.of(last.to())) ? before : last;
    }

    /// Users who may not read it go without.
    private List<PastChange> history(GivenSite given) {
        return Owner.me().other(given.file().base()).isEmpty()
                ? changes.history(given.place().directory())
                : List.of();
    }

    private ExitCode request(String id, boolean json, NodeLines lines, String since) {
        List<Said> said = lines.since(since, text -> text.contains(id));
        Optional<RequestStory> story = RequestStory.of(id, said);
        if (story.isEmpty()) {
            console.remark(
                    "tandem: no node logged a request with X-Tandem-Id %s since %s"
                            .formatted(id, since));
            console.remark("  next:  tandem why --since 168h " + id);
            return ExitCode.NO;
        }
        console.answer(json ? WhyJson.of(story.get()) : story.get().toString());
        return ExitCode.OK;
    }
}
