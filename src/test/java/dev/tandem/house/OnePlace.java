package dev.tandem.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks for names that stand as literals in a second place. What HAProxy calls a backend and what
/// a file of a site is called is known in one class each: whoever writes such a name down again has
/// to be found on the day when there is another pool or another file.
final class OnePlace {
    private static final List<Name> NAMES =
            List.of(
                    new Name(
                            "a backend of HAProxy",
                            "^(web|retries)$|(?<![\\w-])(web-tls|last-resort)(?!\\w)"
                                    + "|(nbsrv\\(|backend |table |server )(web|retries)(?![\\w-])",
                            Set.of("model/Pool", "model/HaproxyBackend", "model/Role")),
                    new Name(
                            "a file of a site",
                            "^([^\\s]*/)?(haproxy\\.cfg|keepalived\\.conf|handover\\.nft"
                                    + "|servers\\.state|nginx\\.conf|compose\\.yaml|index\\.html"
                                    + "|(site|ca|server)\\.pem|(ca|server)\\.key)$"
                                    + "|^\\.(tandem|tandem\\.yaml|services|orders|lan|rendered"
                                    + "|accepted|images|certificate-ends|journal|lock|next|plan-)$"
                                    + "|/duty$|/content$|^tls/|\\./tls/|^balancer/",
                            Set.of(
                                    "render/Layout",
                                    "render/Notes",
                                    "importing/SourcePlace",
                                    "web/DashboardPages")),
                    new Name(
                            "where a container has its files mounted",
                            "(?<!\\w)(/etc/tandem(-tls)?|/srv/content)(?![\\w-])",
                            Set.of("render/Layout")),
                    new Name("a path for drills", "/tandem-drill/", Set.of("render/DrillPaths")));

    private OnePlace() {}

    /// A kind of name.
    ///
    /// @param what what it names
    /// @param literal how a literal looks that has one
    /// @param homes the classes that may have it, from the root package
    private record Name(String what, Pattern literal, Set<String> homes) {
        Name(String what, String literal, Set<String> homes) {
            this(what, Pattern.compile(literal, Pattern.MULTILINE), homes);
        }

        boolean isAtHome(String file) {
            return homes.stream().anyMatch(home -> file.endsWith("/" + home + ".java"));
        }
    }

    /// The literals of sources that name again what is named elsewhere.
    ///
    /// @param sources text by path from the top of the project
    static List<Offence> check(Map<String, String> sources) {
        JavacTask task = JavaTidy.parser(sources);
        Trees trees = Trees.instance(task);
        List<Offence> offences = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                new Literals(unit, trees, offences).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return offences;
    }

    /// All literals of one source.
    private static final class Literals extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<Offence> offences;

        Literals(CompilationUnitTree unit, Trees trees, List<Offence> offences) {
            this.unit = unit;
            this.trees = trees;
            this.offences = offences;
        }

        @Override
        public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void nothing) {
            if (tree.getValue() instanceof String text) {
                NAMES.forEach(name -> look(name, text, tree));
            }
            return super.visitLiteral(tree, null);
        }

        private void look(Name name, String text, LiteralTree tree) {
            String file = unit.getSourceFile().toUri().getPath().substring(1);
            Matcher matcher = name.literal().matcher(text);
            if (!name.isAtHome(file) && matcher.find()) {
                long start = trees.getSourcePositions().getStartPosition(unit, tree);
                offences.add(
                        new Offence(
                                file,
                                unit.getLineMap().getLineNumber(start),
                                "%s is named: %s".formatted(name.what(), matcher.group().strip())));
            }
        }
    }
}
