package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The programs of `bench` are compiled when somebody runs them, half an hour after the bench
/// began: whether they still fit to the classes that they use has to be known before.
class BenchTest {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    @TempDir private Path classes;

    @TestFactory
    Stream<DynamicTest> each_program_of_bench_compiles() throws IOException {
        Path bench = Path.of(System.getProperty("tandem.home", "."), "bench");
        try (Stream<Path> files = Files.walk(bench)) {
            List<Path> programs =
                    files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
            assertThat(programs).hasSizeGreaterThanOrEqualTo(2);
            return programs.stream()
                    .map(program ->
                            dynamicTest(
                                    bench.relativize(program).toString(),
                                    () -> assertThat(problems(program)).isEmpty()));
        }
    }

    /// What javac says of it.
    private String problems(Path program) throws IOException {
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString());
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null)) {
            COMPILER.getTask(said, files, null, options, null, files.getJavaFileObjects(program))
                    .call();
        }
        return said.toString();
    }
}
