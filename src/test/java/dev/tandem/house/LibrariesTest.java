package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Command;
import dev.tandem.docker.Output;
import dev.tandem.docker.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A build loads no library that is not in `setup/checksums.txt`: one byte is enough to refuse it.
/// Maven runs here as in `./tandem` and `./check`, in a repository of its own.
@Tag("slow")
class LibrariesTest {
    private static final Path HOME = Path.of(System.getProperty("tandem.home", "."));

    /// Of a plugin that runs at the beginning of each build.
    private static final String JAR =
            "org/apache/maven/plugins/maven-enforcer-plugin/3.6.1/maven-enforcer-plugin-3.6.1.jar";

    @TempDir private Path base;
    private Path repository;

    @BeforeEach
    void aProjectAndARepositoryOfItsOwn() throws IOException {
        String local =
                System.getProperty(
                        "localRepository", System.getProperty("user.home") + "/.m2/repository");
        repository = base.resolve("repository");
        assertThat(run("cp", "-as", local, repository.toString()).exit()).isZero();
        Files.createDirectories(base.resolve("home/setup"));
        for (String file : List.of("pom.xml", "setup/jdk.sh", "setup/maven.sh")) {
            copy(file);
        }
        copy("setup/Checksums.java");
        copy("setup/checksums.txt");
    }

    private void copy(String file) throws IOException {
        Files.copy(HOME.resolve(file), base.resolve("home").resolve(file));
    }

    private Output build() {
        return run(
                "bash",
                "-euc",
                """
                cd "$1/home"; . setup/jdk.sh; . setup/maven.sh; find_jdk
                trust_only_known_libraries "$PWD"
                export JAVA_HOME=$JDK
                mvn -o -B -q "${MAVEN_TRUSTS[@]}" -Dmaven.repo.local="$2" validate 2>&1
                """,
                "bash",
                base.toString(),
                repository.toString());
    }

    private static Output run(String... argv) {
        return new Processes().run(Command.of(Duration.ofMinutes(4), List.of(argv)));
    }

    @Test
    void theLibrariesOfTheListAreLoadedAndOneByteMoreIsRefused() throws IOException {
        Output good = build();
        assertThat(good.exit()).as(good.stdout() + good.stderr()).isZero();

        Path jar = repository.resolve(JAR);
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(jar);
        Files.write(jar, bytes);
        Output refused = build();
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.stdout())
                .contains("The build is refused: a library is not the one that it should be")
                .contains(JAR);
    }

    @Test
    void aLibraryThatIsNotInTheListIsRefused() throws IOException {
        Path list = base.resolve("home/setup/checksums.txt");
        List<String> lines = Files.readAllLines(list);
        assertThat(lines).anyMatch(line -> line.endsWith(JAR));
        Files.write(list, lines.stream().filter(line -> !line.endsWith(JAR)).toList());
        Output refused = build();
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.stdout())
                .contains("The build is refused: a library is not in the list of checksums")
                .contains(JAR);
    }

    /// Whoever looks at the list need not trust the program that wrote it.
    @Test
    void theListIsThatOfSha256sumAndNamesNoHost() throws IOException {
        assertThat(Files.readAllLines(HOME.resolve("setup/checksums.txt")))
                .hasSizeGreaterThan(60)
                .allMatch(line -> line.matches("[0-9a-f]{64} {2}[\\w./+-]+\\.jar"))
                .anyMatch(line -> line.endsWith("/picocli-4.7.7.jar"))
                .anyMatch(line -> line.contains("/maven-surefire-plugin-"));
    }
}
