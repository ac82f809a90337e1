package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The code is tidy; and what is not tidy is found, shown by a sample of each.
class TidyTest {
    private static final String TEST = "src/test/java/dev/tandem/house/Sample.java";
    private static final String MAIN = "src/main/java/dev/tandem/house/Sample.java";
    private static final Map<String, String> MARKED =
            Map.of(
                    "src/main/java/dev/tandem/house/package-info.java",
                    "/// A sample.\n@NullMarked\npackage dev.tandem.house;\n");

    private static SortedMap<String, String> files = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        files = TextTidy.files(Path.of(System.getProperty("tandem.home", ".")).toRealPath());
    }

    @Test
    void the_code_is_tidy() {
        SortedMap<String, String> sources = new TreeMap<>(files);
        sources.keySet().removeIf(file -> !file.matches("src/(main|test)/java/.*\\.java"));
        // Breaks the rules of the house on purpose.
        sources.keySet().removeIf(file -> file.startsWith("src/test/java/dev/tandem/house/wrong/"));

        assertThat(sources).hasSizeGreaterThan(30).containsKey(TEST.replace("Sample", "TidyTest"));
        assertThat(JavaTidy.check(sources)).isEmpty();
    }

    @Test
    void no_file_names_a_machine_or_a_registry() {
        assertThat(files).containsKeys("pom.xml", "tandem", ".mvn/jvm.config");
        assertThat(files.keySet()).noneMatch(file -> file.startsWith("target/"));
        assertThat(TextTidy.check(files)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> what_is_not_tidy_is_found() {
        return Stream.of(
                found("what is no Java", "cannot be parsed: ';' expected", inType("int a")),
                found("a long file", "has 401 lines", "/// S.\nrecord S() {}" + "\n".repeat(400)),
                found("a wide line", "101 columns", "// " + "x".repeat(98)),
                found("a note to do it later", "TO" + "DO", "// TO" + "DO: later"),
                found("a note that it is broken", "FIX" + "ME", "/* FIX" + "ME */"),
                found("a type without a comment", "type S has no /// comment", "class S {}"),
                found(
                        "a type with a comment of the other kind",
                        "type S has no /// comment",
                        "/** S. */\nrecord S() {}"),
                found(
                        "a type in a type without a comment",
                        "type T has no /// comment",
                        "/// S.\ninterface S {\n    enum T { A }\n}"));
    }

    @TestFactory
    Stream<DynamicTest> what_is_not_tidy_in_a_method_is_found() {
        return Stream.of(
                found(
                        "a long method",
                        "method m has 41 lines",
                        inType("void m() {" + "\n".repeat(40) + "}")),
                found(
                        "a long constructor",
                        "method <init> has 41 lines",
                        inType("Sample() {" + "\n".repeat(40) + "}")),
                found(
                        "a method with seven parameters",
                        "method m has 7 parameters",
                        inType("void m(int a, int b, int c, int d, int e, int f, int g) {}")),
                found(
                        "a boolean parameter",
                        "method m has a boolean parameter",
                        inType("void m(int a, boolean b) {}")),
                found(
                        "a boolean parameter of a constructor",
                        "method <init> has a boolean parameter",
                        inType("public Sample(final Boolean b) {}")),
                found("a test that is switched off", "@Disabled", inType("@Disabled void m() {}")),
                found("a pause", "Thread.sleep in a test", inType("void m() { Thread.sleep(1); }")),
                found(
                        "a pause of another kind",
                        "Thread.sleep in a test",
                        inType("void m() { TimeUnit.SECONDS.sleep(1); }")),
                found(
                        "a pause by reference",
                        "Thread.sleep in a test",
                        inType("Object o = (Pause) Thread::sleep;")));
    }

    @TestFactory
    Stream<DynamicTest> a_default_that_hides_a_forgotten_case_is_found() {
        return Stream.of(
                found(
                        "a default in a switch over a sealed type",
                        "default in a switch over a sealed type",
                        onShape("case Circle c -> 1; default -> 2;")),
                found(
                        "a default in a switch over a sealed type, by its parts",
                        "default in a switch over a sealed type",
                        onShape("case Shape.Circle(int r) -> r; case null, default -> 2;")));
    }

    @TestFactory
    Stream<DynamicTest> what_is_tidy_is_left_alone() {
        return Stream.of(
                quiet("a wide line in a text block", inType(block("x".repeat(120)))),
                quiet("a method of forty lines", inType("void m() {" + "\n".repeat(39) + "}")),
                quiet(
                        "a record with many parts, one of them a boolean",
                        "/// R.\nrecord R(int a, int b, int c, int d, int e, int f, boolean g) {}"),
                quiet(
                        "its constructor",
                        "/// R.\nrecord R(boolean a) {\n    R(boolean a) { this.a = a; }\n}"),
                quiet("a boolean of a private method", inType("private void m(boolean b) {}")),
                quiet("a boolean that others ask for", inType("@Override void m(boolean b) {}")),
                quiet(
                        "a boolean that a table gives to a test",
                        inType("@ParameterizedTest void m(boolean b) {}")),
                quiet("a class in a method", inType("void m() { record Local() {} }")),
                quiet("a class without a name", inType("Object o = new Object() { int a; };")),
                quiet("a default in a switch over numbers", onShape("case 1 -> 1; default -> 2;")),
                quiet(
                        "a default in a switch over an open type",
                        onShape("case String s -> 1; default -> 2;")),
                quiet(
                        "a switch over a sealed type without a default",
                        onShape("case Circle c -> 1; case Square s -> 2;")),
                quiet("such words in a text", inType(block("@Disabled Thread.sleep(1)"))));
    }

    @Test
    void a_package_without_a_mark_or_a_comment_is_found() {
        String info = "src/main/java/dev/tandem/model/package-info.java";

        assertThat(JavaTidy.check(Map.of("src/main/java/a/b/C.java", "/// C.\nrecord C() {}")))
                .containsExactly(new Offence("a/b", 0, "has no package-info.java"));
        assertThat(JavaTidy.check(Map.of(info, "/// A sample.\npackage dev.tandem.model;")))
                .containsExactly(new Offence(info, 0, "is not @NullMarked"));
        assertThat(JavaTidy.check(Map.of(info, "@NullMarked\npackage dev.tandem.model;")))
                .containsExactly(new Offence(info, 1, "the package has no /// comment"));
    }

    @Test
    void a_name_that_two_rooms_have_is_found() {
        Map<String, String> sources = new TreeMap<>(MARKED);
        String other = "src/main/java/dev/tandem/model/Sample.java";
        sources.put(MAIN, "/// A sample.\nrecord Sample() {}");
        sources.put(other, "/// Another.\nrecord Sample() {}");
        sources.put(
                "src/main/java/dev/tandem/model/package-info.java",
                "/// A sample.\n@NullMarked\npackage dev.tandem.model;\n");

        assertThat(JavaTidy.check(sources))
                .containsExactly(new Offence(other, 0, "has the name of " + MAIN));
    }

    @Test
    void the_package_of_a_test_may_be_described_with_the_program() {
        Map<String, String> sources = new TreeMap<>(MARKED);
        sources.put(TEST, "/// A test.\nclass Sample {}");

        assertThat(JavaTidy.check(sources)).isEmpty();
    }

    @Test
    void a_pause_in_the_program_is_left_to_the_rules_of_the_house() {
        Map<String, String> sources = new TreeMap<>(MARKED);
        sources.put(MAIN, inType("void m() { Thread.sleep(1); }"));

        assertThat(JavaTidy.check(sources)).isEmpty();
    }

    @Test
    void paths_of_a_machine_and_hosts_of_registries_are_found_in_any_text() {
        for (String path : new String[] {"/ho" + "me/me/x", "/ro" + "ot/.m2", "/wo" + "rk/main"}) {
            assertThat(TextTidy.check(Map.of("docs/start.md", "fine\nsee " + path)))
                    .singleElement()
                    .hasToString(
                            "docs/start.md:2: a path of one machine: "
                                    + path.replaceFirst("(/\\w+/).*", "$1"));
        }
        for (String host : new String[] {"deb.deb" + "ian.org", "repo1.ma" + "ven"}) {
            assertThat(TextTidy.check(Map.of("setup/engine", "https://" + host + "/x")))
                    .containsExactly(new Offence("setup/engine", 1, "a registry's host: " + host));
        }
    }

    @Test
    void names_of_xml_and_paths_of_a_project_are_no_offence() {
        String text = "http://maven.apache.org/POM/4.0.0 src/home/x ~/work/x /home/admin/x";

        assertThat(TextTidy.check(Map.of("pom.xml", text))).isEmpty();
    }

    private static DynamicTest found(String what, String offence, String sample) {
        return dynamicTest(
                what,
                () -> {
                    Map<String, String> sources = new TreeMap<>(MARKED);
                    sources.put(TEST, sample);
                    assertThat(JavaTidy.check(sources))
                            .singleElement()
                            .satisfies(one -> {
                                assertThat(one.file()).isEqualTo(TEST);
                                assertThat(one.what()).isEqualTo(offence);
                            });
                });
    }

    private static DynamicTest quiet(String what, String sample) {
        return dynamicTest(
                what,
                () -> {
                    Map<String, String> sources = new TreeMap<>(MARKED);
                    sources.put(TEST, sample);
                    assertThat(JavaTidy.check(sources)).isEmpty();
                });
    }

    private static String inType(String member) {
        return "/// A sample.\nclass Sample {\n    " + member + "\n}\n";
    }

    private static String block(String line) {
        return "String s = \"\"\"\n        " + line + "\n        \"\"\";";
    }

    private static String onShape(String cases) {
        String shape =
                """
                /// A shape.
                    sealed interface Shape {
                        /// Round.
                        record Circle(int r) implements Shape {}
                        /// Not round.
                        record Square(int a) implements Shape {}
                    }
                """;
        String method = "int m(Object o) { return switch (o) {\n" + cases + "\n}; }\n    ";
        return inType(method + shape);
    }
}
