package dev.tandem.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Looks for what is not tidy in Java sources. They are only parsed, with the compiler's own
/// parser, so that a sample needs neither to compile nor to be complete.
final class JavaTidy {
    static final int MOST_LINES = 400;
    static final int MOST_COLUMNS = 100;

    private static final Pattern UNDONE = Pattern.compile("\\b(TO[D]O|FIX[M]E)\\b");
    private static final Pattern PACKAGE_FILE =
            Pattern.compile("src/(?:main|test)/java/(.+)/([^/]+)\\.java");

    private final Map<String, String> sources;
    private final List<Offence> offences = new ArrayList<>();
    private final DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();

    private JavaTidy(Map<String, String> sources) {
        this.sources = sources;
    }

    /// Checks all sources of a project at once.
    ///
    /// @param sources text by path from the top of the project
    static List<Offence> check(Map<String, String> sources) {
        JavaTidy tidy = new JavaTidy(sources);
        tidy.packages();
        tidy.names();
        JavacTask task = tidy.parser();
        try {
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            Set<String> sealed = subtypesOfSealed(units);
            units.forEach(unit -> tidy.unit(task, unit, sealed));
            tidy.unparsed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tidy.offences;
    }

    private JavacTask parser() {
        return parser(sources, problems);
    }

    /// The compiler's parser for these sources; what cannot be parsed is passed over.
    ///
    /// @param sources text by path from the top of the project
    static JavacTask parser(Map<String, String> sources) {
        return parser(sources, new DiagnosticCollector<>());
    }

    private static JavacTask parser(
            Map<String, String> sources, DiagnosticCollector<JavaFileObject> problems) {
        List<Source> units =
                sources.entrySet().stream()
                        .map(source -> new Source(source.getKey(), source.getValue()))
                        .toList();
        return (JavacTask)
                ToolProvider.getSystemJavaCompiler()
                        .getTask(null, null, problems, List.of("-proc:none"), null, units);
    }

    private void unparsed() {
        for (var problem : problems.getDiagnostics()) {
            if (problem.getKind() == Diagnostic.Kind.ERROR && problem.getSource() != null) {
                String file = problem.getSource().toUri().getPath().substring(1);
                String what = "cannot be parsed: " + problem.getMessage(Locale.ROOT);
                offences.add(new Offence(file, problem.getLineNumber(), what));
            }
        }
    }

    private void unit(JavacTask task, CompilationUnitTree unit, Set<String> sealed) {
        String file = unit.getSourceFile().toUri().getPath().substring(1);
        String text = Objects.requireNonNull(sources.get(file), file);
        var scanner = new TidyScanner(file, text, unit, Trees.instance(task), sealed);
        offences.addAll(scanner.offences());
        lines(file, text, scanner.linesOfTextBlocks());
    }

    private void lines(String file, String text, Set<Long> linesOfTextBlocks) {
        List<String> lines = text.lines().toList();
        if (lines.size() > MOST_LINES) {
            offences.add(new Offence(file, 0, "has %d lines".formatted(lines.size())));
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int columns = line.codePointCount(0, line.length());
            if (columns > MOST_COLUMNS && !linesOfTextBlocks.contains(i + 1L)) {
                offences.add(new Offence(file, i + 1L, columns + " columns"));
            }
            Matcher undone = UNDONE.matcher(line);
            if (undone.find()) {
                offences.add(new Offence(file, i + 1L, undone.group()));
            }
        }
    }

    /// Every package, whether of the program or of its tests, has one `package-info.java` that says
    /// what it is and marks it.
    private void packages() {
        Set<String> packages = new TreeSet<>();
        Set<String> described = new HashSet<>();
        sources.forEach((file, text) -> {
            Matcher matcher = PACKAGE_FILE.matcher(file);
            if (matcher.matches()) {
                packages.add(matcher.group(1));
                if (matcher.group(2).equals("package-info")) {
                    described.add(matcher.group(1));
                    if (!text.contains("@NullMarked")) {
                        offences.add(new Offence(file, 0, "is not @NullMarked"));
                    }
                }
            }
        });
        packages.removeAll(described);
        packages.forEach(name -> offences.add(new Offence(name, 0, "has no package-info.java")));
    }

    /// A reader who meets a name knows what it is: no two rooms of the program have one of the
    /// same.
    private void names() {
        Map<String, String> met = new TreeMap<>();
        new TreeSet<>(sources.keySet())
                .forEach(file -> {
                    Matcher matcher = PACKAGE_FILE.matcher(file);
                    if (file.startsWith("src/main/")
                            && matcher.matches()
                            && !matcher.group(2).equals("package-info")) {
                        String before = met.putIfAbsent(matcher.group(2), file);
                        if (before != null) {
                            offences.add(new Offence(file, 0, "has the name of " + before));
                        }
                    }
                });
    }

    /// The simple names of everything that extends or implements a sealed type.
    private static Set<String> subtypesOfSealed(List<CompilationUnitTree> units) {
        Set<String> sealed = new HashSet<>();
        Set<String> subtypes = new HashSet<>();
        forEachType(
                units,
                type -> {
                    if (type.getModifiers().getFlags().contains(Modifier.SEALED)) {
                        sealed.add(type.getSimpleName().toString());
                    }
                });
        forEachType(
                units,
                type -> {
                    List<Tree> parents = new ArrayList<>(type.getImplementsClause());
                    if (type.getExtendsClause() != null) {
                        parents.add(type.getExtendsClause());
                    }
                    if (parents.stream().anyMatch(one -> sealed.contains(simpleName(one)))) {
                        subtypes.add(type.getSimpleName().toString());
                    }
                });
        return subtypes;
    }

    private static void forEachType(List<CompilationUnitTree> units, Consumer<ClassTree> action) {
        var scanner =
                new TreeScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
                        action.accept(type);
                        return super.visitClass(type, null);
                    }
                };
        units.forEach(unit -> scanner.scan(unit, null));
    }

    /// `Server.Own` and `List<Own>` without what stands around the last name.
    static String simpleName(Tree type) {
        String name = type.toString().replaceFirst("<.*", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /// A source in memory.
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("string:///" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
