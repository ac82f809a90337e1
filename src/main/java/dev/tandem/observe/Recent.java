package dev.tandem.observe;

import java.util.Optional;
import java.util.OptionalLong;

/// How a web server has served lately, by a balancer's own counters: over reloads, and since it was
/// up again.
///
/// @param seconds the time that was looked at, a minute at most
/// @param requests how often it was asked
/// @param failed those that it failed: 5xx, cut answers, none in time
/// @param givenUp those that clients gave up waiting for
/// @param lately how many of both came in the last five to ten seconds
/// @param answers4xx answers 4xx, which are no failures: clients asked for what there is not; empty
///   when the balancer is of an image that does not tell them
public record Recent(
        int seconds,
        long requests,
        long failed,
        long givenUp,
        long lately,
        OptionalLong answers4xx) {
    /// Nothing was counted.
    public static final Recent NONE = new Recent(0, 0, 0, 0, 0);

    /// Of a balancer that does not tell its answers 4xx.
    public Recent(int seconds, long requests, long failed, long givenUp, long lately) {
        this(seconds, requests, failed, givenUp, lately, OptionalLong.empty());
    }

    /// Fewer failures say nothing.
    private static final long LEAST = 5;

    /// What a web server fails is its own fault; that clients give up may be theirs.
    private static final long PERCENT = 5;

    private static final long PERCENT_GIVEN_UP = 20;

    /// From words such as `60 812 9 3 2 31`; empty when they are something different.
    static Optional<Recent> of(String text) {
        return text.matches("[0-9]{1,4}( [0-9]{1,12}){4,5}")
                ? Optional.of(of(text.split(" ", -1)))
                : Optional.empty();
    }

    private static Recent of(String[] words) {
        return new Recent(
                Integer.parseInt(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                words.length < 6
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(words[5])));
    }

    /// Both together: of two balancers, of HTTP and HTTPS.
    public Recent plus(Recent other) {
        return new Recent(
                Math.max(seconds, other.seconds),
                requests + other.requests,
                failed + other.failed,
                givenUp + other.givenUp,
                lately + other.lately,
                sum(answers4xx, other.answers4xx));
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isEmpty() && other.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(one.orElse(0) + other.orElse(0));
    }

    /// Whether too many fail, and it still goes on.
    public boolean fails() {
        boolean own = failed >= LEAST && failed * 100 >= requests * PERCENT;
        long all = failed + givenUp;
        return lately > 0 && (own || (all >= LEAST && all * 100 >= requests * PERCENT_GIVEN_UP));
    }

    /// How many fail, in words.
    public String words() {
        long all = Math.min(requests, failed + givenUp);
        return "%d of its %d requests in the last %d s failed%s, %d %%"
                .formatted(
                        all,
                        requests,
                        seconds,
                        givenUp == 0 ? "" : " (clients gave up " + givenUp + " of them)",
                        requests == 0 ? 0 : Math.round(100.0 * all / requests));
    }
}
