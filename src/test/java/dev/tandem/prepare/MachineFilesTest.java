package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.docker.Command;
import dev.tandem.docker.Docker;
import dev.tandem.docker.FarDirectory;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Processes;
import dev.tandem.docker.Runner;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files on machines, with the real scripts in directories of this one: what docker would do in a
/// container is done there.
class MachineFilesTest {
    private static final String CONFIGURATION = "machines/m1/haproxy-a/haproxy.cfg";
    private static final String KEY = "machines/m2/tls/web-b/server.key";

    @TempDir private Path base;
    private SiteDirectory copy = new SiteDirectory(Path.of("/"));
    private SiteDirectory source = copy;
    private final List<String> log = new ArrayList<>();

    /// Stands for the engine of a machine.
    private record Machine(Path directory, List<String> log) implements Runner {
        @Override
        public Output run(Command command, Consumer<String> line) {
            List<String> argv = command.argv();
            log.add(argv.get(1));
            return switch (argv.get(1)) {
                case "exec" -> script(argv.subList(3, argv.size()));
                case "cp" ->
                        shell(
                                "cp -a \"$1\" \"$2\"",
                                argv.get(2),
                                argv.get(3).replaceFirst(".*:/site", directory.toString()));
                default -> new Output(0, "", "");
            };
        }

        private Output script(List<String> words) {
            List<String> argv = new ArrayList<>(words);
            argv.set(2, argv.get(2).replaceFirst("cd /site", "cd " + directory));
            return new Processes().run(Command.of(java.time.Duration.ofSeconds(20), argv));
        }

        private Output shell(String text, String... arguments) {
            List<String> argv = new ArrayList<>(List.of("sh", "-c", text, "sh"));
            argv.addAll(List.of(arguments));
            return new Processes().run(Command.of(java.time.Duration.ofSeconds(20), argv));
        }

        @Override
        public Following follow(Command command, Path file) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void aState() throws IOException {
        copy = new SiteDirectory(base.resolve("site"));
        source = new SiteDirectory(base.resolve("next"));
        source.note("machines/m1/compose.yaml", "one\n");
        source.note(CONFIGURATION, "global\n");
        source.note(KEY, "secret\n");
        Files.setPosixFilePermissions(
                source.root().resolve(KEY), PosixFilePermissions.fromString("rw-------"));
        for (String machine : List.of("m1", "m2")) {
            Files.createDirectories(there(machine));
        }
    }

    private Path there(String machine) {
        return base.resolve("far").resolve(machine);
    }

    private MachineFiles files(List<String> reached, List<String> away) {
        SequencedMap<String, FarDirectory> machines = new LinkedHashMap<>();
        for (String name : reached) {
            Docker docker = new Docker(new Machine(there(name), log));
            machines.put(name, docker.directory("image", "/unused", "files"));
        }
        return new MachineFiles(copy, machines, away);
    }

    private MachineFiles both() {
        return files(List.of("m1", "m2"), List.of());
    }

    /// The way back of a change in which m2 died: nothing is written there, nor in its copy.
    @Test
    void aMachineThatGoesAwayMeanwhileIsLeftOut() throws IOException {
        try (MachineFiles files = both()) {
            files.install(source, source.paths());
            SiteDirectory before = new SiteDirectory(base.resolve("before"));
            before.note("machines/m1/compose.yaml", "none\n");
            before.note(CONFIGURATION, "before\n");
            before.note(KEY, "another\n");
            files.without(List.of("m2")).install(before, before.paths());
        }
        assertThat(there("m1").resolve("haproxy-a/haproxy.cfg")).hasContent("before\n");
        assertThat(there("m2").resolve("tls/web-b/server.key")).hasContent("secret\n");
        assertThat(copy.read(CONFIGURATION)).isEqualTo("before\n");
        assertThat(copy.read(KEY)).isEqualTo("secret\n");
    }

    @Test
    void eachMachineGetsItsOwnFilesWithTheirModes() throws IOException {
        try (MachineFiles files = both()) {
            files.install(source, source.paths());
            assertThat(files.hashes(source.paths())).isEqualTo(source.hashes(source.paths()));
        }
        assertThat(there("m1").resolve("haproxy-a/haproxy.cfg")).hasContent("global\n");
        assertThat(there("m1").resolve("tls")).doesNotExist();
        Path key = there("m2").resolve("tls/web-b/server.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there("m2"))))
                .isEqualTo("rwx------");
        assertThat(there("m1").resolve(".next")).doesNotExist();
        assertThat(copy.hashes(copy.paths())).isEqualTo(source.hashes(source.paths()));
    }

    @Test
    void whatIsAsideChangesNothingAndIsSentOnce() {
        try (MachineFiles files = both()) {
            files.layAside(source);
            assertThat(files.hashes(source.paths())).isEmpty();
            files.install(source, List.of(CONFIGURATION));
            files.install(source, List.of(KEY));
            assertThat(log.stream().filter("cp"::equals)).hasSize(2);
        }
    }

    @Test
    void aFileThatTheNextStateLacksGoesWithItsDirectory() {
        try (MachineFiles files = both()) {
            files.install(source, source.paths());
        }
        SiteDirectory without = new SiteDirectory(base.resolve("without"));
        without.note(CONFIGURATION, "global\n");
        try (MachineFiles files = both()) {
            files.install(without, List.of(KEY));
        }
        assertThat(there("m2")).isEmptyDirectory();
        assertThat(copy.root().resolve(KEY)).doesNotExist();
    }

    @Test
    void whatLiesThereIsAskedAndNotRemembered() throws IOException {
        try (MachineFiles files = both()) {
            files.install(source, source.paths());
            Files.writeString(there("m1").resolve("haproxy-a/haproxy.cfg"), "by hand\n");
            assertThat(files.hashes(List.of(CONFIGURATION)))
                    .isNotEqualTo(source.hashes(List.of(CONFIGURATION)));
            Staging.delete(there("m2"));
            Files.createDirectories(there("m2"));
            assertThat(files.isEmpty("m2")).isTrue();
            assertThat(files.isEmpty("m1")).isFalse();
        }
    }

    @Test
    void filesThatDoNotArriveAreNotTakenOver() {
        try (MachineFiles files = both()) {
            assertThat(there("m1").resolve("compose.yaml")).doesNotExist();
            source.note("machines/m1/compose.yaml", "two\n");
            Path full = there("m1").resolve("x");
            assertThatThrownBy(
                            () -> {
                                Staging.delete(there("m1"));
                                files.install(source, List.of(CONFIGURATION));
                            })
                    .isInstanceOf(Stop.class);
            assertThat(full).doesNotExist();
            assertThat(copy.written()).isEmpty();
        }
    }

    @Test
    void aMachineThatIsAwayKeepsWhatItHasAlsoInTheCopy() {
        try (MachineFiles files = both()) {
            files.install(source, source.paths());
        }
        SiteDirectory next = new SiteDirectory(base.resolve("other"));
        next.note(CONFIGURATION, "another\n");
        try (MachineFiles files = files(List.of("m2"), List.of("m1"))) {
            files.install(next, List.of(CONFIGURATION, KEY));
            files.note("machines/m1/haproxy-a/duty", "yield\n");
            assertThat(files.hashes(List.of(CONFIGURATION)))
                    .isEqualTo(source.hashes(List.of(CONFIGURATION)));
        }
        assertThat(copy.read(CONFIGURATION)).isEqualTo("global\n");
        assertThat(there("m2").resolve("tls")).doesNotExist();
        try (MachineFiles files = files(List.of("m2"), List.of())) {
            files.install(next, List.of(CONFIGURATION, "machines/m1/compose.yaml"));
        }
        assertThat(copy.read(CONFIGURATION)).as("m1 is gone").isEqualTo("another\n");
        assertThat(there("m1").resolve("haproxy-a/haproxy.cfg")).hasContent("global\n");
    }

    @Test
    void whatAMachineBringsBackIsKnownByItsNote() {
        AppliedNote note = new AppliedNote(7, "ann", "/srv/site");
        try (MachineFiles files = both()) {
            files.install(source, source.paths());
            files.note("m2", note);
            assertThat(files.applied("m2")).contains(note);
            assertThat(files.applied("m1")).isEmpty();
        }
        copy.install(new SiteDirectory(base.resolve("nothing")), copy.paths());
        try (MachineFiles files = both()) {
            assertThat(files.written().keySet()).containsExactly(KEY);
        }
    }

    @Test
    void aDutyIsWrittenInOneMove() {
        String duty = "machines/m1/haproxy-a/duty";
        try (MachineFiles files = both()) {
            files.install(source, List.of(CONFIGURATION));
            files.note(duty, "# it's 100 % \"quoted\"\nyield\n");
        }
        assertThat(there("m1").resolve("haproxy-a/duty"))
                .hasContent("# it's 100 % \"quoted\"\nyield\n");
        assertThat(copy.read(duty)).contains("yield");
    }
}
