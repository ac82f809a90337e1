package dev.tandem.doctor;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import dev.tandem.model.Stop;
import dev.tandem.text.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/// Listens to VRRP on the LAN, at several places at once, while other questions are asked.
///
/// @param docker the way to the engine
/// @param image the balancers' image, for where no container of the site runs
record LanListening(Docker docker, String image) {
    private static final Duration LIMIT = LanFindings.LISTENED.plusSeconds(15);

    /// As a shell has it: not found, or not to be executed.
    private static final List<Integer> NO_SUCH_PROGRAM = List.of(126, 127);

    /// Where one can listen.
    sealed interface Place {
        /// In a container that is on the LAN.
        record Inside(String container, String address) implements Place {}

        /// On the host's interface that carries the LAN. A container of its own on the LAN would
        /// take an address there, which may be somebody's.
        record OnHost(String device) implements Place {}
    }

    /// Listens at these places, by their names, and asks something else meanwhile.
    ///
    /// @param meanwhile gets what was heard when it asks for that, and then waits for it
    <T> T during(
            SortedMap<String, Place> places,
            Function<Supplier<SortedMap<String, Answer<List<Advert>>>>, T> meanwhile) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, CompletableFuture<Answer<List<Advert>>>> asked = new TreeMap<>();
            places.forEach((name, place) ->
                    asked.put(
                            name,
                            CompletableFuture.supplyAsync(
                                    () -> Answer.ask(() -> listen(place)), threads)));
            return meanwhile.apply(() -> {
                SortedMap<String, Answer<List<Advert>>> heard = new TreeMap<>();
                asked.forEach((name, answer) -> heard.put(name, answer.join()));
                return heard;
            });
        }
    }

    private List<Advert> listen(Place place) {
        String seconds = Seconds.bareTenths(LanFindings.LISTENED);
        Output output =
                switch (place) {
                    case Place.Inside(String container, String address) ->
                            docker.exec(container, LIMIT, "vrrp-listen", address, seconds);
                    case Place.OnHost(String device) -> onHost(device, seconds);
                };
        if (!output.ok()) {
            boolean older = NO_SUCH_PROGRAM.contains(output.exit());
            throw failed(older ? "its image is too old to listen" : output.lastLines(2));
        }
        return Advert.parse(output.stdout());
    }

    private Output onHost(String device, String seconds) {
        if (!docker.hasImage(image)) {
            throw failed("the balancers' image is not built yet");
        }
        List<String> arguments = new ArrayList<>(List.of("--network", "host"));
        arguments.addAll(List.of("--cap-drop", "ALL", "--cap-add", "NET_RAW"));
        arguments.addAll(List.of("--entrypoint", "vrrp-listen", image, device, seconds));
        return docker.runOnce(LIMIT, arguments);
    }

    private static Stop failed(String seen) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "the LAN could not be listened to",
                seen,
                "nothing was changed",
                "tandem up, then: tandem doctor");
    }
}
