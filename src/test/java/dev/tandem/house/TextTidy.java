package dev.tandem.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for what belongs into no text file of the project: paths of one machine, and hosts that a
/// site without internet does not reach.
final class TextTidy {
    private static final Map<String, Pattern> FORBIDDEN =
            Map.of(
                    "a path of one machine",
                    Pattern.compile("(?<![\\w.~-])/((work|root|Users)/|home/(?!admin/))"),
                    "a registry's host",
                    Pattern.compile(
                            "deb\\.debian\\.org|registry-1\\.docker|repo1\\.maven"
                                    + "|repo\\.maven\\.apache|registry\\.npmjs"));
    private static final Pattern NAMESPACE =
            Pattern.compile("http://(maven\\.apache\\.org|www\\.w3\\.org)/\\S*");

    private TextTidy() {}

    static List<Offence> check(Map<String, String> files) {
        List<Offence> offences = new ArrayList<>();
        files.forEach((file, text) -> {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                line(file, i + 1, lines.get(i), offences);
            }
        });
        return offences;
    }

    private static void line(String file, int number, String text, List<Offence> offences) {
        String line = NAMESPACE.matcher(text).replaceAll("");
        FORBIDDEN.forEach((what, pattern) -> {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                offences.add(new Offence(file, number, what + ": " + matcher.group()));
            }
        });
    }

    /// All text files under a directory by their path from there, without what `.gitignore` names.
    static SortedMap<String, String> files(Path top) throws IOException {
        List<PathMatcher> ignored = ignored(top);
        SortedMap<String, String> found = new TreeMap<>();
        Files.walkFileTree(
                top,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes at) {
                        return isIgnored(path)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                            throws IOException {
                        if (attributes.isRegularFile() && !isIgnored(path)) {
                            String text = Files.readString(path, StandardCharsets.ISO_8859_1);
                            if (text.indexOf('\0') < 0) {
                                byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                                String name = top.relativize(path).toString();
                                found.put(name, new String(bytes, StandardCharsets.UTF_8));
                            }
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    private boolean isIgnored(Path path) {
                        return !path.equals(top)
                                && ignored.stream()
                                        .anyMatch(one -> one.matches(path.getFileName()));
                    }
                });
        return found;
    }

    private static List<PathMatcher> ignored(Path top) throws IOException {
        List<String> names = new ArrayList<>(List.of(".git"));
        Files.readAllLines(top.resolve(".gitignore")).stream()
                .map(line -> line.replaceAll("^/|/$", "").strip())
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(names::add);
        return names.stream()
                .map(name -> FileSystems.getDefault().getPathMatcher("glob:" + name))
                .toList();
    }
}
