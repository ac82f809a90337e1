package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// The script `tandem`, in a home of its own with a JDK of its own: what that Java is told.
class LauncherTest {
    private static final Path HOME = Path.of(System.getProperty("tandem.home", "."));

    @TempDir private Path base;
    private Path home = Path.of("");
    private Path jdk = Path.of("");

    /// What a call printed, and how it ended.
    private record Ended(int exit, String text) {}

    @BeforeEach
    void makeAHome() throws IOException {
        home = Files.createDirectory(base.resolve("home"));
        script(home.resolve("tandem"), Files.readString(HOME.resolve("tandem")));
        Path setup = Files.createDirectory(home.resolve("setup"));
        try (var all = Files.list(HOME.resolve("setup"))) {
            for (Path file : all.toList()) {
                script(setup.resolve(file.getFileName().toString()), Files.readString(file));
            }
        }
        Files.writeString(home.resolve("pom.xml"), "<project/>\n");
        Files.createDirectories(home.resolve("src/main"));
        jdk = Files.createDirectory(base.resolve("jdk"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.9\"\n");
        Files.createDirectory(jdk.resolve("bin"));
        script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        java("echo \"$@\"");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void java(String does) throws IOException {
        script(jdk.resolve("bin/java"), "#!/bin/bash\n" + does + "\n");
    }

    private void built() throws IOException {
        Files.createDirectory(home.resolve("target"));
        Files.writeString(home.resolve("target/tandem.jar"), "a jar");
    }

    private Ended run(Path directory, Map<String, String> with, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(directory, with, arguments);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }

    private Process start(Path directory, Map<String, String> with, String... arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("tandem").toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", String.valueOf(System.getenv("PATH")));
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().putAll(with);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    @Test
    void argumentsArePassedOnAsTheyAre() throws Exception {
        built();
        assertThat(run(base, Map.of(), "drain", "").text()).endsWith("tandem.jar drain \n");
    }

    /// A shell asks for candidates at the press of a key.
    @Test
    void candidatesAreNeverWaitedForUntilABuildIsDone() throws Exception {
        built();
        assertThat(run(base, Map.of(), "candidates", "drain").text())
                .endsWith("candidates drain\n");
        Files.writeString(home.resolve("src/main/New.java"), "class New {}\n");
        Files.setLastModifiedTime(
                home.resolve("target/tandem.jar"), FileTime.fromMillis(1_000_000_000_000L));
        Ended ended = run(base, Map.of(), "candidates", "drain");
        assertThat(ended.text()).isEmpty();
        assertThat(ended.exit()).isZero();
    }

    /// The directory is made and entered by shells: this Java may not be able to name it.
    @Test
    void namesInAnyScriptAreFoundWithoutALocale() throws Exception {
        built();
        Path source = base.resolve("Here.java");
        Files.writeString(
                source,
                """
                void main() {
                    IO.println(java.nio.file.Files.exists(java.nio.file.Path.of("m\\u00e1y/ch\\u1ee7")));
                }
                """);
        java(
                "mkdir -p $'m\\u00e1y/ch\\u1ee7'; exec '%s/bin/java' '%s'"
                        .formatted(System.getProperty("java.home"), source));
        for (String locale : List.of("", "C", "vi_VN.UTF-8", "POSIX")) {
            assertThat(run(base, Map.of("LANG", locale)).text()).as(locale).isEqualTo("true\n");
        }
    }

    /// A machine without Java: its PATH has nothing but what every Debian has.
    private Map<String, String> withoutJava() throws IOException {
        Path bin = Files.createDirectory(base.resolve("bin"));
        for (String name :
                "bash cat dirname env find flock grep id ls mkdir mv readlink rm sed touch"
                        .split(" ", -1)) {
            Files.createSymbolicLink(bin.resolve(name), Path.of("/usr/bin", name));
        }
        return Map.of("PATH", bin.toString(), "JAVA_HOME", "", "TANDEM_JVM_DIR", base + "/jvm");
    }

    @Test
    void withoutAJdkTheCommandToTypeIsNamed() throws Exception {
        built();
        Ended ended = run(base, withoutJava(), "status");
        assertThat(ended.exit()).isEqualTo(5);
        assertThat(ended.text())
                .startsWith("tandem: a JDK 25 or newer is needed, and there is none\n  seen:  ")
                .contains("\n  next:  " + home + "/setup/java ");
    }

    @Test
    void upInstallsTheJdkFirst() throws Exception {
        built();
        script(
                home.resolve("setup/java"),
                "#!/bin/bash\necho \"setup/java $*\"\nmkdir -p '%s/jvm'; mv '%s' '%s/jvm/jdk'\n"
                        .formatted(base, jdk, base));
        assertThat(run(base, withoutJava(), "up", "-y").text())
                .startsWith("setup/java --yes\n")
                .endsWith("tandem.jar up -y\n");
    }

    @Test
    void decliningTheJdkChangesNothing() throws Exception {
        built();
        script(home.resolve("setup/java"), "#!/bin/bash\nexit 4\n");
        assertThat(run(base, withoutJava(), "up")).isEqualTo(new Ended(4, ""));
    }

    @Test
    void aHomeThatCannotBeWrittenToIsExplained() throws Exception {
        Files.writeString(home.resolve("target"), "in the way, for root as well");
        Ended ended = run(base, Map.of(), "version");
        assertThat(ended.exit()).isEqualTo(5);
        assertThat(ended.text())
                .contains("cannot write to its directory\n  seen:  it was not built yet; ")
                .contains("\n  state: nothing was started or changed\n  next:  ");
    }

    /// A Maven that fetches, compiles and packs, each when its file is there.
    private Map<String, String> maven(String interval) throws IOException {
        Path maven = base.resolve("maven");
        Files.createDirectories(maven.resolve("bin"));
        Files.createDirectory(maven.resolve("lib"));
        script(
                maven.resolve("bin/mvn"),
                """
                #!/bin/bash
                await() { until [[ -e %1$s/$1 ]]; do /bin/sleep 0.02; done; }
                echo '[INFO] Downloaded from central: one.jar'
                echo 'Downloaded from central: two.jar'
                await fetched
                echo '[INFO] Compiling 400 source files'
                await compiled
                echo 'a jar' >%2$s/target/tandem.jar
                """
                        .formatted(base, home));
        String path = maven.resolve("bin") + ":" + System.getenv("PATH");
        return Map.of("PATH", path, "TANDEM_PROGRESS_EVERY", interval);
    }

    @Test
    @Timeout(60)
    void aBuildThatTakesLongSaysHowFarItIs() throws Exception {
        Process process = start(base, maven("0.1"), "version");
        String log = "; all of it: tail -f " + home.resolve("target/build.log");
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).startsWith("tandem: building (it was not built yet)");
            assertThat(lines.readLine())
                    .matches(
                            "tandem: fetching what it needs: 2 files fetched, [0-9]+ s so far"
                                    + Pattern.quote(log));
            Files.createFile(base.resolve("fetched"));
            assertThat(lines.lines().filter(line -> !line.contains("fetching")).findFirst())
                    .hasValueSatisfying(
                            line -> assertThat(line).startsWith("tandem: compiling: 2 files"));
            Files.createFile(base.resolve("compiled"));
            assertThat(lines.lines().filter(line -> !line.contains("compiling")))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .endsWith("tandem.jar version");
        }
        assertThat(process.waitFor()).isZero();
    }

    /// It sleeps longer than the build takes; neither who reads what is printed waits for it, nor
    /// the next build.
    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void nobodyWaitsForWhatTellsOfProgress() throws Exception {
        Map<String, String> with = maven("600");
        Files.createFile(base.resolve("fetched"));
        Files.createFile(base.resolve("compiled"));
        assertThat(run(base, with, "version").text()).endsWith("tandem.jar version\n");
        Files.delete(home.resolve("target/tandem.jar"));
        assertThat(run(base, with, "version").text())
                .doesNotContain("another build is under way")
                .endsWith("tandem.jar version\n");
    }

    /// It is told to end just when its `sleep` begins, and that goes on.
    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void nobodyWaitsForASleepThatGoesOn() throws Exception {
        Map<String, String> with = maven("600");
        script(
                base.resolve("maven/bin/sleep"),
                "#!/bin/bash\ntrap '' TERM\necho $$ >%1$s/pid; mv %1$s/pid %1$s/compiled\n"
                                .formatted(base)
                        + "exec /bin/sleep \"$@\"\n");
        Files.createFile(base.resolve("fetched"));
        assertThat(run(base, with, "version").text()).endsWith("tandem.jar version\n");
        long pid = Long.parseLong(Files.readString(base.resolve("compiled")).strip());
        assertThat(ProcessHandle.of(pid))
                .as("is there yet")
                .hasValueSatisfying(ProcessHandle::destroyForcibly);
    }
}
