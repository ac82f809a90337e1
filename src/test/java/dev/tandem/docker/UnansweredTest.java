package dev.tandem.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.docker.fake.FakeEngine;
import dev.tandem.docker.fake.FakeTime;
import dev.tandem.docker.fake.Trouble;
import dev.tandem.model.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A command that failed is not an answer: not "there is none", and not a part of one.
class UnansweredTest {
    private static final String GONE =
            "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker"
                    + " daemon running?";

    /// A file that is not there is "no such" too.
    private static final String NO_SOCKET =
            "error during connect: dial unix /var/run/docker.sock: connect: no such file or"
                    + " directory";

    private static final String NO_HOST = "error during connect: lookup engine.lan: host not found";

    private final FakeTime time = new FakeTime();
    private final FakeEngine engine = new FakeEngine(time);
    private final Docker docker = new Docker(engine);
    private final Nodes nodes = new Nodes(engine, time.await());

    /// @param name in a few words
    /// @param asked the call, on an engine that has nothing
    record Question(String name, Function<UnansweredTest, Object> asked) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// What has an answer when there is no such thing.
    private static List<Question> questions() {
        return List.of(
                new Question("an image", t -> t.docker.hasImage("none")),
                new Question("an image to remove", t -> t.docker.images().remove("none")),
                new Question("the id of a container", t -> t.docker.id("none")),
                new Question("the state of a container", t -> t.nodes.state("none")),
                new Question("a volume", t -> t.docker.volumes().labels("none")),
                new Question("who is on a network", t -> t.docker.attached("none")),
                new Question("containers", t -> t.docker.containers("none")),
                new Question("networks", t -> t.docker.networks().stream().skip(3).toList()));
    }

    private static List<Output> failures() {
        return List.of(
                new Output(1, "\n", GONE + "\n"),
                new Output(1, "", NO_SOCKET + "\n"),
                new Output(1, "", NO_HOST + "\n"),
                new Output(1, "bridge\tbridge\t172.17.0.0/16 \t\t\n", GONE + "\n"),
                new Output(Output.TIMED_OUT, "", "did not finish within 20 s\n"),
                new Output(Output.TIMED_OUT, "part", "its output was not read within 20 s\n"));
    }

    private static Stream<Arguments> each() {
        return questions().stream()
                .flatMap(question ->
                        failures().stream().map(failure -> Arguments.of(question, failure)));
    }

    @ParameterizedTest
    @MethodSource("each")
    void isUnknown(Question question, Output failure) {
        engine.meets(Trouble.answering("docker (?!network ls)", failure));

        assertThatThrownBy(() -> question.asked().apply(this))
                .isInstanceOfSatisfying(
                        Stop.class,
                        stop -> {
                            assertThat(stop.kind()).isEqualTo(Stop.Kind.ENVIRONMENT);
                            assertThat(stop.seen()).contains(failure.stderr().strip());
                        });
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whatTheEngineDoesNotHaveIsNotThere(Question question) {
        engine.meets(
                Trouble.failing("image rm", "Error response from daemon: No such image: none"));
        assertThat(question.asked().apply(this))
                .isIn(false, Optional.empty(), Nodes.ABSENT, List.of());
    }

    @Test
    void anImageThatIsInUseStays() {
        engine.meets(
                Trouble.failing(
                        "image rm",
                        "Error response from daemon: conflict: unable to remove repository"
                                + " reference \"some\" (must force)"));
        assertThat(docker.images().remove("some")).isFalse();
    }

    /// Between the two commands a network may go: the others are still there.
    @Test
    void aNetworkThatWentMeanwhileHidesNoOther() {
        engine.meets(
                Trouble.answering(
                        "network inspect",
                        new Output(
                                1,
                                "bridge\tbridge\t172.17.0.0/16 \t\t\n",
                                "Error response from daemon: network 12ab not found\n")));
        assertThat(docker.networks()).extracting(DockerNetwork::name).containsExactly("bridge");
    }

    /// Nothing is installed because a machine is busy.
    @Test
    void aClientThatDoesNotEndIsNotOneWithoutAnEngine() {
        engine.meets(Trouble.failing("docker version", GONE).times(1));
        assertThat(docker.engineVersion()).isEmpty();

        engine.meets(Trouble.slow("docker (version|compose version)", Duration.ofHours(1)));
        assertThatThrownBy(docker::engineVersion).isInstanceOf(Stop.class);
        assertThatThrownBy(docker::composeVersion).isInstanceOf(Stop.class);
    }

    @Test
    void aClientThatDoesNotSayWhereItsEngineIsTalksToNoOtherOne() {
        engine.meets(Trouble.failing("context inspect", "no answer"));
        var place =
                new EngineHere.Place(
                        List.of("unix:///run/docker.sock"),
                        Path.of("/none"),
                        List.of(),
                        Optional.empty());
        assertThat(new EngineHere(engine, time.await(), place).obstacle())
                .hasValue("which engine the client talks to is not known: no answer");
    }
}
