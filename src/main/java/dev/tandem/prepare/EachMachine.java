package dev.tandem.prepare;

import dev.tandem.docker.Beside;
import dev.tandem.model.Stop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Does something on several machines at the same time.
public final class EachMachine {
    private EachMachine() {}

    /// The answers, in the order of the machines.
    ///
    /// @throws Stop when one of them stopped; all have ended by then
    public static <T> Map<String, T> of(List<String> machines, Function<String, T> work) {
        try (ExecutorService threads = Beside.each()) {
            Map<String, Future<T>> begun = new LinkedHashMap<>();
            for (String machine : machines) {
                Callable<T> task = () -> work.apply(machine);
                begun.put(machine, threads.submit(task));
            }
            Map<String, T> done = new LinkedHashMap<>();
            for (Map.Entry<String, Future<T>> one : begun.entrySet()) {
                done.put(one.getKey(), one.getValue().get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Stop stop -> throw stop;
                case RuntimeException other -> throw other;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
