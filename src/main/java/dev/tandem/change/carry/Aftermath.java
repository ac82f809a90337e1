package dev.tandem.change.carry;

import dev.tandem.change.state.SavedState;
import dev.tandem.health.Lack;
import dev.tandem.health.Readiness;
import dev.tandem.docker.Unreachable;
import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.observe.Snapshot;
import dev.tandem.render.Layout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a change that has failed leaves behind, and what it says of it: the state that was seen,
/// not the one that was hoped for. No order stays on disk that a balancer has not followed: it
/// would follow it later, when nobody thinks of it any more.
///
/// @param site the state before the change
/// @param lost machines that went away during the change: nothing was taken back there
record Aftermath(Tools tools, Site site, SavedState before, List<Unreachable> lost) {
    private static final String BACK = "the change was taken back: the site runs as before it";

    /// What has just been reloaded is well again within this time.
    private static final Duration SETTLES = Duration.ofSeconds(3);

    /// The change was taken back.
    Stop back(Stop stop) {
        return new Stop(
                stop.kind(),
                String.valueOf(stop.getMessage()),
                seen(stop),
                seenNow(),
                next(stop.next()));
    }

    /// Which machine went away is said first: it is why.
    private String seen(Stop stop) {
        return Stream.concat(
                        lost.stream().map(one -> one.machine() + " went away: " + one.seen()),
                        Stream.of(stop.seen()))
                .collect(Collectors.joining("\n"));
    }

    private String names() {
        return String.join(", ", lost.stream().map(Unreachable::machine).toList());
    }

    private String next(String otherwise) {
        return lost.isEmpty()
                ? otherwise
                : "when %1$s is back: tandem apply; to go on without: tandem apply --without %2$s"
                        .formatted(names(), lost.getFirst().machine());
    }

    private String seenNow() {
        try {
            return state(settled());
        } catch (Stop unseen) {
            return BACK + "; how it is now could not be seen: " + unseen.getMessage();
        }
    }

    /// Whether nothing is lacking now, or a moment later.
    boolean isWell() {
        return settled().isEmpty();
    }

    /// What is lacking in the end.
    private List<Lack> settled() {
        AtomicReference<List<Lack>> last = new AtomicReference<>(List.of());
        tools.await()
                .until(
                        SETTLES,
                        () -> {
                            last.set(lacks(tools.observer().look(site)));
                            return last.get().isEmpty() ? Optional.of(true) : Optional.empty();
                        });
        return last.get();
    }

    private List<Lack> lacks(Snapshot snapshot) {
        return Readiness.lacks(site, before.orders(), snapshot);
    }

    private String state(List<Lack> lacks) {
        String back = lost.isEmpty() ? BACK : BACK + ", but for what is on " + names();
        return lacks.isEmpty()
                ? back
                : lacks.stream()
                        .map(Lack::sentence)
                        .distinct()
                        .collect(Collectors.joining("\n", back + ", which is not well:\n", ""));
    }

    /// It could not be taken back.
    Stop between(Stop stop, Stop second) {
        withdraw();
        return new Stop(
                stop.kind(),
                String.valueOf(stop.getMessage()),
                seen(stop) + "\non the way back: " + second.getMessage() + "\n" + second.seen(),
                "between the two states; what is healthy keeps serving",
                next("tandem plan; tandem apply, or tandem rollback"));
    }

    /// Takes back the duties on disk that are not in force. One that is stays: a balancer may yield
    /// because it is not as it should be.
    private void withdraw() {
        Optional<Snapshot> now = look();
        tools.place()
                .files()
                .install(
                        before.directory(),
                        site.balancers().stream()
                                .map(Balancer::name)
                                .filter(name -> now.filter(seen -> isInForce(seen, name)).isEmpty())
                                .map(this::duty)
                                .toList());
    }

    private String duty(String balancer) {
        return before.wanted(site).at(balancer, Layout.duty(balancer));
    }

    /// Empty when the engine does not answer.
    private Optional<Snapshot> look() {
        try {
            return Optional.of(tools.observer().look(site));
        } catch (Stop unseen) {
            return Optional.empty();
        }
    }

    private boolean isInForce(Snapshot snapshot, String balancer) {
        Optional<Duty> duty =
                snapshot.answer(balancer)
                        .filter(says -> says.standing().init().stoppedFor().isEmpty())
                        .flatMap(says -> says.standing().duty());
        List<String> lines = tools.place().files().read(duty(balancer)).lines().toList();
        return duty.filter(word -> lines.contains(word.word())).isPresent();
    }
}
