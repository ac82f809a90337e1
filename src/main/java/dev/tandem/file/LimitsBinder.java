package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Limits;
import dev.tandem.model.Limits.OfContainer;
import dev.tandem.model.Size;
import java.util.Optional;

/// Reads the section `limits`.
final class LimitsBinder {
    private static final Size LEAST_MEMORY = new Size(256);
    private static final Size LEAST_LOGS = new Size(3);
    private static final Size MOST_TMPFS = Size.ofGigabytes(1);

    private LimitsBinder() {}

    /// The keys of one kind of container.
    private record Of(Key memory, Key pids, Key tmpfs) {}

    /// @param usual what holds where the file says nothing
    static Limits bind(Fields root, Limits usual) {
        Fields limits = root.section(LimitKeys.LIMITS);
        return new Limits(
                container(
                        limits.section(LimitKeys.BALANCER),
                        new Of(
                                LimitKeys.BALANCER_MEMORY,
                                LimitKeys.BALANCER_PIDS,
                                LimitKeys.BALANCER_TMPFS),
                        usual.balancer()),
                container(
                        limits.section(LimitKeys.WEB),
                        new Of(LimitKeys.WEB_MEMORY, LimitKeys.WEB_PIDS, LimitKeys.WEB_TMPFS),
                        usual.web()),
                ClientLimitsBinder.bind(limits),
                limits.optional(LimitKeys.LOGS, LimitsBinder::logs)
                        .map(Found::value)
                        .orElse(usual.logs()));
    }

    /// What is wrong has been reported, and then there is no site.
    private static OfContainer container(Fields fields, Of keys, OfContainer usual) {
        Optional<Size> memory =
                fields.optional(keys.memory, LimitsBinder::memory).map(Found::value);
        Optional<Size> tmpfs = fields.optional(keys.tmpfs, LimitsBinder::tmpfs).map(Found::value);
        return new OfContainer(
                memory.orElse(usual.memory()),
                fields.number(keys.pids).map(Found::value).orElse(usual.pids()),
                tmpfs.orElse(usual.tmpfs()));
    }

    private static Verdict<Size> memory(String text) {
        Verdict<Size> verdict = size(text, "such as 512m or 8g");
        return verdict instanceof Fits<Size>(Size size)
                        && size.megabytes() < LEAST_MEMORY.megabytes()
                ? new Unfit<>(text + " is too little", "at least " + LEAST_MEMORY)
                : verdict;
    }

    private static Verdict<Size> logs(String text) {
        Verdict<Size> verdict = size(text, "such as 60m or 1g");
        return verdict instanceof Fits<Size>(Size size) && size.megabytes() < LEAST_LOGS.megabytes()
                ? new Unfit<>(
                        text + " is too little: a fault may not stand in it any more",
                        "at least " + LEAST_LOGS)
                : verdict;
    }

    private static Verdict<Size> tmpfs(String text) {
        Verdict<Size> verdict = size(text, "such as 64m");
        return verdict instanceof Fits<Size>(Size size) && size.megabytes() > MOST_TMPFS.megabytes()
                ? new Unfit<>(text + " is too much: it is in memory", "at most " + MOST_TMPFS)
                : verdict;
    }

    private static Verdict<Size> size(String text, String hint) {
        return Size.parse(text)
                .<Verdict<Size>>map(Fits::new)
                .orElseGet(() -> new Unfit<>(Visible.quoted(text) + " is not a size", hint));
    }
}
