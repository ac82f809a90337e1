package dev.tandem.house;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// Walks through one Java source and notes what is not tidy in its types, methods and switches.
final class TidyScanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    static final int LONGEST_METHOD = 40;
    static final int MOST_PARAMETERS = 6;

    private final String file;
    private final List<String> lines;
    private final String text;
    private final CompilationUnitTree unit;
    private final Trees trees;
    private final Set<String> subtypesOfSealed;
    private final List<Offence> offences = new ArrayList<>();
    private final Set<Long> linesOfTextBlocks = new HashSet<>();

    /// @param subtypesOfSealed simple names of the types that a sealed type permits
    TidyScanner(
            String file,
            String text,
            CompilationUnitTree unit,
            Trees trees,
            Set<String> subtypesOfSealed) {
        this.file = file;
        this.text = text;
        this.lines = text.lines().toList();
        this.unit = unit;
        this.trees = trees;
        this.subtypesOfSealed = subtypesOfSealed;
        scan(unit, null);
    }

    List<Offence> offences() {
        return offences;
    }

    /// The lines inside of text blocks: what is generated may be wider than code.
    Set<Long> linesOfTextBlocks() {
        return linesOfTextBlocks;
    }

    @Override
    public @Nullable Void visitPackage(PackageTree tree, @Nullable Void nothing) {
        if (file.endsWith("/package-info.java")) {
            described(tree, "the package");
        }
        return super.visitPackage(tree, null);
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
        boolean member =
                switch (getCurrentPath().getParentPath().getLeaf().getKind()) {
                    case COMPILATION_UNIT, CLASS, INTERFACE, RECORD, ENUM, ANNOTATION_TYPE -> true;
                    default -> false; // of a method: its name and its use are on one page
                };
        if (member && !tree.getSimpleName().isEmpty()) {
            described(tree, "type " + tree.getSimpleName());
        }
        return super.visitClass(tree, null);
    }

    private void described(Tree tree, String what) {
        int line = (int) line(start(tree));
        if (line < 2 || !lines.get(line - 2).strip().startsWith("///")) {
            note(tree, what + " has no /// comment");
        }
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
        long length = line(end(tree)) - line(start(tree)) + 1;
        if (length > LONGEST_METHOD) {
            note(tree, "method %s has %d lines".formatted(tree.getName(), length));
        }
        if (!isOfRecord(tree)) {
            parameters(tree);
        }
        return super.visitMethod(tree, null);
    }

    private boolean isOfRecord(MethodTree tree) {
        return tree.getReturnType() == null
                && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
    }

    private void parameters(MethodTree tree) {
        int count = tree.getParameters().size();
        if (count > MOST_PARAMETERS) {
            note(tree, "method %s has %d parameters".formatted(tree.getName(), count));
        }
        if (tree.getModifiers().getFlags().contains(Modifier.PRIVATE)
                || isAnnotated(tree, "Override")
                || isAnnotated(tree, "ParameterizedTest")) {
            return; // called from here, or by somebody else's rules
        }
        for (VariableTree parameter : tree.getParameters()) {
            if (parameter.getType().toString().matches("(java\\.lang\\.)?[Bb]oolean")) {
                note(parameter, "method %s has a boolean parameter".formatted(tree.getName()));
            }
        }
    }

    private static boolean isAnnotated(MethodTree tree, String name) {
        return tree.getModifiers().getAnnotations().stream()
                .anyMatch(one -> JavaTidy.simpleName(one.getAnnotationType()).equals(name));
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void nothing) {
        cases(tree.getCases());
        return super.visitSwitch(tree, null);
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void nothing) {
        cases(tree.getCases());
        return super.visitSwitchExpression(tree, null);
    }

    private void cases(List<? extends CaseTree> cases) {
        boolean sealed =
                cases.stream()
                        .flatMap(one -> one.getLabels().stream())
                        .flatMap(label ->
                                label instanceof PatternCaseLabelTree pattern
                                        ? type(pattern.getPattern())
                                        : Stream.empty())
                        .anyMatch(subtypesOfSealed::contains);
        for (CaseTree one : cases) {
            if (sealed
                    && one.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance)) {
                note(one, "default in a switch over a sealed type");
            }
        }
    }

    private static Stream<String> type(PatternTree pattern) {
        return switch (pattern) {
            case BindingPatternTree binding when binding.getVariable().getType() != null ->
                    Stream.of(JavaTidy.simpleName(binding.getVariable().getType()));
            case DeconstructionPatternTree record ->
                    Stream.of(JavaTidy.simpleName(record.getDeconstructor()));
            default -> Stream.empty();
        };
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree tree, @Nullable Void nothing) {
        if (JavaTidy.simpleName(tree.getAnnotationType()).equals("Disabled")) {
            note(tree, "@Disabled");
        }
        return super.visitAnnotation(tree, null);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void nothing) {
        pause(tree, tree.getExpression() + "." + tree.getIdentifier());
        return super.visitMemberSelect(tree, null);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void nothing) {
        pause(tree, tree.getQualifierExpression() + "." + tree.getName());
        return super.visitMemberReference(tree, null);
    }

    /// In the program this is a rule of the house, which sees more than names.
    private void pause(Tree tree, String name) {
        if (file.startsWith("src/test/")
                && name.matches("(java\\.lang\\.)?Thread\\.sleep|.*TimeUnit\\.\\w+\\.sleep")) {
            note(tree, "Thread.sleep in a test");
        }
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void nothing) {
        if (text.startsWith("\"\"\"", (int) start(tree))) {
            for (long line = line(start(tree)) + 1; line <= line(end(tree)); line++) {
                linesOfTextBlocks.add(line);
            }
        }
        return super.visitLiteral(tree, null);
    }

    private void note(Tree tree, String what) {
        offences.add(new Offence(file, line(start(tree)), what));
    }

    private long start(Tree tree) {
        return trees.getSourcePositions().getStartPosition(unit, tree);
    }

    private long end(Tree tree) {
        return trees.getSourcePositions().getEndPosition(unit, tree);
    }

    private long line(long position) {
        return position < 0 ? 0 : unit.getLineMap().getLineNumber(position);
    }
}
