package dev.tandem.docker;

import dev.tandem.docker.Unreachable.Why;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/// Asks machines of a site something, all at the same time, each with a limit of its own. A machine
/// that does not answer in its time is silent, with the reason; the others are not held up by it.
///
/// @param engines those of the site
/// @param limit how long each machine may take after it was reached
/// @param silent is told of each silent machine as soon as it is known
public record Asking(SiteEngines engines, Duration limit, Consumer<Unreachable> silent) {

    /// Asks; the answers are in the order of the machines. Nobody waits for a question that is
    /// late: its thread is interrupted, which ends its command.
    public <T> SequencedMap<String, Reply<T>> all(
            List<String> machines, Function<String, T> question) {
        ExecutorService threads = Beside.each();
        try {
            Map<String, Future<Reply<T>>> asked = new LinkedHashMap<>();
            for (String machine : machines) {
                Callable<Reply<T>> task = () -> told(ask(threads, machine, question));
                asked.put(machine, threads.submit(task));
            }
            SequencedMap<String, Reply<T>> answers = new LinkedHashMap<>();
            for (Map.Entry<String, Future<Reply<T>>> one : asked.entrySet()) {
                answers.put(one.getKey(), one.getValue().get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private <T> Reply<T> told(Reply<T> reply) {
        reply.silence().ifPresent(silent);
        return reply;
    }

    private <T> Reply<T> ask(ExecutorService threads, String machine, Function<String, T> question)
            throws InterruptedException {
        Optional<Unreachable> trouble = engines.trouble(machine);
        if (trouble.isPresent()) {
            return new Reply.Silent<>(trouble.get());
        }
        Callable<T> task = () -> question.apply(machine);
        Future<T> answer = threads.submit(task);
        try {
            return new Reply.Said<>(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            String late = "its engine has not answered within " + limit.toSeconds() + " s";
            return new Reply.Silent<>(engines.silent(machine, Why.ENGINE_HANGS, late));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Stop stop) {
                return new Reply.Silent<>(engines.silent(machine, Why.OTHER, stop.seen()));
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
