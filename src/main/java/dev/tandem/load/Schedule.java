package dev.tandem.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Walks through the requests of a plan in the order of their times. It depends on the plan alone:
/// any two walks see the same, so each thread of the generator walks on its own and takes its own
/// classes.
final class Schedule {
    private static final long SECOND = 1_000_000_000L;

    private final LoadPlan plan;
    private final Predicate<RequestClass> mine;
    private final List<ClassPlan> block = new ArrayList<>();
    private final ArrayDeque<Planned> again = new ArrayDeque<>();
    private long arrival;
    private long number;
    private @Nullable Planned ahead;

    /// @param mine the classes to stop at
    Schedule(LoadPlan plan, Predicate<RequestClass> mine) {
        this.plan = plan;
        this.mine = mine;
        shuffle();
        advance();
    }

    /// When the next request is due; {@link Long#MAX_VALUE} if there is none before the end.
    long next(long end) {
        Planned next = ahead;
        return next == null || next.nanos() >= end ? Long.MAX_VALUE : next.nanos();
    }

    /// Takes the next request.
    Planned take() {
        Planned taken = ahead;
        if (taken == null) {
            throw new IllegalStateException("the schedule is over");
        }
        advance();
        return taken;
    }

    /// How many requests are planned before a given end.
    static long count(LoadPlan plan, long end) {
        Schedule all = new Schedule(plan, kind -> true);
        long count = 0;
        while (all.next(end) != Long.MAX_VALUE) {
            all.take();
            count++;
        }
        return count;
    }

    private void advance() {
        do {
            ahead = following();
        } while (ahead != null && !mine.test(ahead.plan().kind()));
    }

    private @Nullable Planned following() {
        long time = arrival * SECOND / plan.rate();
        Planned second = again.peek();
        long first = second == null ? Long.MAX_VALUE : second.nanos();
        if (Math.min(time, first) >= plan.duration().toNanos()) {
            return null;
        }
        return second != null && first <= time ? speakAgain(second) : arrive(time);
    }

    private Planned speakAgain(Planned second) {
        again.remove();
        return new Planned(number++, second.plan(), second.nanos(), second.follows());
    }

    private Planned arrive(long time) {
        ClassPlan one = block.get((int) (arrival % block.size()));
        arrival++;
        if (arrival % block.size() == 0) {
            shuffle();
        }
        Planned planned = new Planned(number++, one, time, Planned.NONE);
        if (one.kind() == RequestClass.IDLE) {
            long later = time + one.lasting().toNanos();
            again.add(new Planned(Planned.NONE, one, later, planned.number()));
        }
        return planned;
    }

    /// The classes of the coming arrivals, each as often as its weight says.
    private void shuffle() {
        block.clear();
        for (ClassPlan one : plan.classes()) {
            block.addAll(Collections.nCopies(one.weight(), one));
        }
        Collections.shuffle(block, new Random(plan.seed() * 0x9E3779B97F4A7C15L + arrival));
    }
}
