package dev.tandem.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The rules of the house (docs/architecture.md), for the packages under one root: the program's
/// own, or a sample that breaks them.
///
/// @param root the package that holds the others
record House(String root) {
    /// What each package may use besides itself and libraries. Whatever stands here only uses what
    /// stands above it.
    static final Map<String, List<String>> MAY_USE = table();

    private static final List<String> PURE =
            List.of(
                    "text",
                    "manual",
                    "model",
                    "file",
                    "importing",
                    "render",
                    "monitoring",
                    "health",
                    "change.plan",
                    "evidence",
                    "drill.predict",
                    "drill.judge");
    private static final String IMPURE =
            "java\\.(io|nio\\.file|nio\\.channels|net|util\\.random)\\..*"
                    + "|java\\.util\\.(Random|SplittableRandom|Scanner)"
                    + "|java\\.util\\.concurrent\\.ThreadLocalRandom"
                    + "|java\\.security\\.SecureRandom";
    private static final String PURE_ALL_THE_SAME =
            "java\\.io\\.(ByteArrayInputStream|StringReader)"
                    + "|java\\.nio\\.file\\.(Path|InvalidPathException)"
                    + "|java\\.net\\.(IDN|URI(SyntaxException)?)";

    private static final String ROOMS =
            """
            text           -
            disk           -
            manual         -
            model          text
            file.yaml      text
            file           text model file.yaml
            importing      text model file.yaml file
            render         text model
            monitoring     model
            docker         text disk model
            observe        text model docker
            change.plan    text model render
            health         text model observe change.plan
            certificate    text disk model render
            acme           text disk model docker certificate
            prepare        text disk model render docker observe certificate
            change.state   text disk model render docker prepare change.plan
            change.carry   text model render docker observe health prepare change.plan change.state
            change         text model render docker observe health prepare change.plan change.state \
                           change.carry
            doctor         text model render docker observe health certificate prepare
            load.http      -
            load           disk load.http
            evidence       load
            drill.ground   text model docker
            drill.predict  text model
            drill.fault    text model render docker drill.ground drill.predict
            drill.journal  text disk model docker drill.ground drill.fault
            drill.judge    text model load evidence drill.fault
            drill          text disk model render docker observe health load evidence drill.ground \
                           drill.predict drill.fault drill.journal drill.judge
            report         text disk model load evidence drill.predict drill.judge drill
            web            text model
            """;

    /// Whether a room, or one that it is within, does no I/O and knows neither time nor chance.
    static boolean isPure(String room) {
        return PURE.stream().anyMatch(name -> (room + ".").startsWith(name + "."));
    }

    private static Map<String, List<String>> table() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        for (String line : ROOMS.lines().toList()) {
            List<String> words = List.of(line.strip().split(" +"));
            List<String> used = words.subList(1, words.size());
            table.put(words.getFirst(), used.equals(List.of("-")) ? List.of() : used);
        }
        table.put("cli", List.copyOf(table.keySet()));
        return table;
    }

    /// All rules, by the name of the offence.
    Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        MAY_USE.forEach((user, used) -> rules.put("use by " + user, uses(user, used)));
        rules.put("unknown package", knownPackages());
        rules.put("use of the root", useOfTheRoot());
        rules.put("cycle", cycles());
        rules.put("file", files());
        rules.put("process", processes());
        rules.put("engine", engines());
        rules.put("impure class", impureClasses());
        rules.put("impure call", impureCalls());
        rules.put("HttpClient", httpClient());
        rules.put("console", console());
        rules.put("command line", commandLine());
        rules.put("pause", pauses());
        rules.put("virtual thread", virtualThreads());
        rules.put("name", names());
        return rules;
    }

    private ArchRule uses(String user, List<String> used) {
        TreeSet<String> others = new TreeSet<>(MAY_USE.keySet());
        others.remove(user);
        others.removeAll(used);
        String[] forbidden = others.stream().map(this::exactly).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(exactly(user))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .because(
                        "%s may use %s: what is below is understood without what is above it"
                                .formatted(user, used.isEmpty() ? "none of the others" : used))
                .allowEmptyShould(true);
    }

    private ArchRule knownPackages() {
        List<String> known = new ArrayList<>(MAY_USE.keySet().stream().map(this::exactly).toList());
        known.add(root);
        return classes()
                .should()
                .resideInAnyPackage(known.toArray(String[]::new))
                .because("a package that is not in the table has no rule about what it may use");
    }

    private ArchRule useOfTheRoot() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root)
                .because("Tandem wires everything, so whoever used it would use everything");
    }

    private ArchRule cycles() {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("packages in a cycle can only be understood, tested and changed together")
                .allowEmptyShould(true);
    }

    private ArchRule files() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(exactly("disk"))
                .and()
                .doNotHaveFullyQualifiedName(exactly("load.Precedence"))
                .should()
                .accessTargetWhere(
                        member(
                                "java.nio.file.Files",
                                "write|writeString|newBufferedWriter|newOutputStream"
                                        + "|newByteChannel|copy|createFile|createLink"))
                .orShould()
                .accessTargetWhere(member("java.nio.channels.FileChannel", "open"))
                .because(
                        "what is opened for writing must be a new file: a link that somebody put"
                                + " there leads elsewhere");
    }

    private ArchRule processes() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(exactly("docker"))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Process.class, ProcessBuilder.class)
                .orShould()
                .accessTargetWhere(member("java.lang.Runtime", "exec"))
                .because("one place gives every process a deadline and drains its output");
    }

    private ArchRule engines() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(root, exactly("docker"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(exactly("docker.Processes"))
                .because("a runner belongs to one engine: whoever made one would choose the engine")
                .allowEmptyShould(true);
    }

    private ArchRule impureClasses() {
        return noClasses()
                .that(pure())
                .should()
                .dependOnClassesThat(
                        describe(
                                "do I/O or are random",
                                (JavaClass used) ->
                                        used.getName().matches(IMPURE)
                                                && !used.getName().matches(PURE_ALL_THE_SAME)))
                .because("the same input gives the same output, on every machine")
                .allowEmptyShould(true);
    }

    private ArchRule impureCalls() {
        return noClasses()
                .that(pure())
                .should()
                .accessTargetWhere(
                        member("java.lang.System", "currentTimeMillis|nanoTime|getenv|getProperty"))
                .orShould()
                .accessTargetWhere(member("java\\.time\\..*", "now|system.*|tick.*"))
                .orShould()
                .accessTargetWhere(
                        member("java.lang.Math|java.util.(UUID|Collections)", "random.*|shuffle"))
                .because("time and chance are parameters, so that a test can choose them")
                .allowEmptyShould(true);
    }

    private DescribedPredicate<JavaClass> pure() {
        return describe(
                "are in %s or are planners, judges or findings".formatted(PURE),
                type ->
                        PURE.stream().anyMatch(name -> isWithin(type, name))
                                || type.getSimpleName().matches(".*(Planner|Judge|Findings)"));
    }

    private boolean isWithin(JavaClass type, String name) {
        return (type.getPackageName() + ".").startsWith(root + "." + name + ".");
    }

    private ArchRule httpClient() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .because(
                        "HttpClient sends a failed GET again by itself, so it hides the very"
                                + " failures that Tandem looks for");
    }

    private ArchRule console() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(root, exactly("cli"))
                .should()
                .accessTargetWhere(member("java.lang.System", "out|err|exit|setOut|setErr"))
                .orShould()
                .accessTargetWhere(member("java.lang.Runtime", "exit|halt"))
                .orShould()
                .accessTargetWhere(member("java.lang.Throwable", "printStackTrace"))
                .because(
                        "stdout is the answer, stderr the rest, and the exit code says which it"
                                + " was: one place decides all three");
    }

    private ArchRule commandLine() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root)
                .and()
                .haveNameNotMatching(".*\\.cli\\.(Specification|ParsedGiven)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .because(
                        "a verb declares its options in one place and sees a record of its own:"
                                + " how it is typed can change without it");
    }

    private ArchRule pauses() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(root + ".docker.Pause")
                .should()
                .accessTargetWhere(
                        member("java.lang.Thread|java.util.concurrent.TimeUnit", "sleep"))
                .orShould()
                .accessTargetWhere(member(".*\\.LockSupport", "park(Nanos|Until)"))
                .because("every wait awaits something, has a deadline, and says what it saw last");
    }

    private ArchRule virtualThreads() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(exactly("load"), exactly("web"))
                .should()
                .accessTargetWhere(member("java.lang.Thread", "ofVirtual|startVirtualThread"))
                .orShould()
                .accessTargetWhere(
                        member("java.util.concurrent.Executors", "newVirtualThreadPerTaskExecutor"))
                .because("a JVM in which one of them waited for a socket takes 0.3 s to end");
    }

    private ArchRule names() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl)(\\$.*)?")
                .because("such a name says nothing about what the class does");
    }

    private static DescribedPredicate<JavaAccess<?>> member(String owners, String members) {
        return describe(
                "it is %s of %s".formatted(members, owners),
                access ->
                        access.getTarget().getOwner().getName().matches(owners)
                                && access.getTarget().getName().matches(members));
    }

    private String exactly(String name) {
        return root + "." + name;
    }
}
