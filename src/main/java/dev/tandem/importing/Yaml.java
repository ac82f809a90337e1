package dev.tandem.importing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// The text of a tree of keys, and which key each line of it belongs to.
final class Yaml {
    private static final int WIDTH = 34;

    /// Words and paths, IPv4 addresses, times and percentages.
    private static final String PLAIN =
            "[A-Za-z./][A-Za-z0-9._/+-]*|\\d+(\\.\\d+){3}(/\\d+)?|\\d+(ms|[smhdyk%])";

    /// Of the keys of a route.
    private static final List<String> ORDER =
            List.of("host", "path", "allow", "to", "strip", "redirect", "code");

    private final List<Written> lines = new ArrayList<>();

    /// A line, the key that it belongs to, and the one above that.
    ///
    /// @param node empty lines belong to nobody: the root
    record Written(String text, YamlPart node, YamlPart parent) {}

    private Yaml() {}

    static List<Written> of(YamlPart root) {
        Yaml yaml = new Yaml();
        boolean map = false;
        for (YamlPart child : root.children()) {
            boolean isMap = child.form() == YamlPart.Form.MAP;
            if ((isMap || map) && !yaml.lines.isEmpty()) {
                yaml.lines.add(new Written("", root, root));
            }
            yaml.write(child, root, "");
            map = isMap;
        }
        return yaml.lines;
    }

    private void write(YamlPart node, YamlPart parent, String indent) {
        switch (node.form()) {
            case VALUE ->
                    line((indent + name(node) + ": " + node.value()).stripTrailing(), node, parent);
            case ITEM -> line(indent + "- " + flow(node), node, parent);
            case TEXT -> lines.add(new Written(indent + node.value(), node, parent));
            case BLOCK -> {
                lines.add(new Written(indent + name(node) + ": |", node, parent));
                node.children().forEach(child -> write(child, node, indent + "  "));
            }
            case MAP -> {
                if (isShort(node)) {
                    line(indent + name(node) + ": " + flow(node), node, parent);
                } else {
                    line(indent + name(node) + ":", node, parent);
                    node.children().forEach(child -> write(child, node, indent + "  "));
                }
            }
        }
    }

    private void line(String text, YamlPart node, YamlPart parent) {
        String remark = node.remark();
        String padded = remark.isEmpty() ? text : ("%-" + WIDTH + "s").formatted(text);
        String all = remark.isEmpty() ? text : padded + "  # " + remark;
        lines.add(new Written(all, node, parent));
    }

    /// A server with nothing but its URL is one line.
    private static boolean isShort(YamlPart node) {
        return node.children().size() == 1
                && node.children().getFirst().form() == YamlPart.Form.VALUE
                && node.children().getFirst().key().equals("url");
    }

    private static String flow(YamlPart node) {
        return node.children().stream()
                .sorted(Comparator.comparingInt(child -> ORDER.indexOf(child.key())))
                .map(child -> name(child) + ": " + child.value())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String name(YamlPart node) {
        return node.key().matches("[A-Za-z_][A-Za-z0-9_.-]*") && !isWord(node.key())
                ? node.key()
                : quoted(node.key());
    }

    /// A text as YAML has it: plain where nobody could take it for something else.
    static String text(String text) {
        return text.matches(PLAIN) && !isWord(text) ? text : quoted(text);
    }

    private static boolean isWord(String text) {
        return text.matches("(?i)true|false|null|~|\\.inf|\\.nan");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// A text that can stand in a comment.
    static String comment(String text) {
        return text.replaceAll("[\\p{Cntrl}\uE000]+", " ");
    }

    /// A list in one line.
    static String list(List<String> texts) {
        return texts.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
