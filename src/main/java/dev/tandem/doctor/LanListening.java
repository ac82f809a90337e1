package dev.tandem.doctor;

import dev.tandem.docker.Beside;
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
import java.util.function.Function;
import java.util.function.Supplier;

/// Listens for VRRP on the LAN, in several places at once, while other questions are asked.
///
/// @param docker the way to the engine
/// @param image the balancers' image, used where no container of the site is running
record LanListening(Docker docker, String image) {
    private static final Duration LIMIT = LanFindings.LISTENED.plusSeconds(15);

    /// As in a shell: not found, or not executable.
    private static final List<Integer> NO_SUCH_PROGRAM = List.of(126, 127);

    /// A place to listen.
    sealed interface Place {
        /// In a container that is on the LAN.
        record Inside(String container, String address) implements Place {}

        /// On the host's interface that carries the LAN. A new container on the LAN would need an
        /// address there, which may be in use.
        record OnHost(String device) implements Place {}
    }

    /// Listens in these places, by name, and does something different meanwhile.
    ///
    /// @param meanwhile gets what was heard when it asks for it, and waits for it then
    <T> T during(
            SortedMap<String, Place> places,
            Function<Supplier<SortedMap<String, Answer<List<Advert>>>>, T> meanwhile) {
        try (ExecutorService threads = Beside.each()) {
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
