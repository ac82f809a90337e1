package dev.tandem.docker.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `docker --format` makes of an object: as much of Go's templates as Tandem uses. `range`,
/// `if`, `with`, `else`, `end`, fields, variables, `index`, `slice`, and text in quotes.
final class GoTemplate {
    private static final Pattern ACTION = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"(?:\\\\.|[^\"])*\"|[^\\s,]+");

    private final List<String> tokens = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();
    private int at;

    private GoTemplate(String template) {
        Matcher matcher = ACTION.matcher(template);
        int end = 0;
        while (matcher.find()) {
            tokens.add("=" + template.substring(end, matcher.start()));
            tokens.add(matcher.group(1).strip());
            end = matcher.end();
        }
        tokens.add("=" + template.substring(end));
    }

    /// The text of an object.
    ///
    /// @param object maps, lists and strings
    static String render(String template, Object object) {
        GoTemplate go = new GoTemplate(template);
        go.block(object, Map.of(), Mode.WRITE);
        return go.out.toString();
    }

    /// Whether a block is written, or only passed over.
    private enum Mode {
        WRITE,
        SKIP
    }

    /// Up to its `end` or `else`; returns which it was.
    private String block(Object dot, Map<String, Object> variables, Mode mode) {
        while (at < tokens.size()) {
            String token = tokens.get(at++);
            if (token.startsWith("=")) {
                write(token.substring(1), mode);
            } else if (token.equals("end") || token.equals("else")) {
                return token;
            } else if (token.startsWith("range ")) {
                range(token.substring("range ".length()), dot, variables, mode);
            } else if (token.startsWith("if ") || token.startsWith("with ")) {
                choose(token, dot, variables, mode);
            } else {
                write(text(value(token, dot, variables)), mode);
            }
        }
        return "end";
    }

    private void write(String text, Mode mode) {
        if (mode == Mode.WRITE) {
            out.append(text);
        }
    }

    private void range(String what, Object dot, Map<String, Object> variables, Mode mode) {
        String[] parts = what.split(":=", 2);
        Object all = value(parts[parts.length - 1].strip(), dot, variables);
        List<String> names = parts.length == 2 ? words(parts[0]) : List.of();
        int begin = at;
        if (mode == Mode.WRITE) {
            for (Map.Entry<String, Object> each : entries(all)) {
                at = begin;
                Map<String, Object> inner = new HashMap<>(variables);
                if (names.size() == 2) {
                    inner.put(names.get(0), each.getKey());
                    inner.put(names.get(1), each.getValue());
                }
                block(each.getValue(), inner, mode);
            }
        }
        at = begin;
        block(dot, variables, Mode.SKIP);
    }

    private void choose(String token, Object dot, Map<String, Object> variables, Mode mode) {
        boolean with = token.startsWith("with ");
        Object value = value(token.substring(token.indexOf(' ') + 1), dot, variables);
        boolean holds = !text(value).isEmpty() && !value.equals(false);
        Mode first = holds ? mode : Mode.SKIP;
        if (block(with ? value : dot, variables, first).equals("else")) {
            block(dot, variables, holds ? Mode.SKIP : mode);
        }
    }

    private static List<Map.Entry<String, Object>> entries(Object all) {
        List<Map.Entry<String, Object>> entries = new ArrayList<>();
        if (all instanceof Map<?, ?> map) {
            new TreeMap<>(map)
                    .forEach((key, value) -> entries.add(Map.entry(String.valueOf(key), value)));
        } else if (all instanceof List<?> list) {
            list.forEach(one -> entries.add(Map.entry("", one)));
        }
        return entries;
    }

    private static Object value(String expression, Object dot, Map<String, Object> variables) {
        List<String> words = words(expression);
        return switch (words.getFirst()) {
            case "index" -> field(one(words.get(1), dot, variables), unquoted(words.get(2)));
            case "slice" ->
                    text(one(words.get(1), dot, variables))
                            .substring(
                                    Integer.parseInt(words.get(2)), Integer.parseInt(words.get(3)));
            case ".Label" -> field(field(dot, "Labels"), unquoted(words.get(1)));
            default -> one(words.getFirst(), dot, variables);
        };
    }

    private static Object one(String word, Object dot, Map<String, Object> variables) {
        if (word.startsWith("\"")) {
            return unquoted(word);
        }
        if (word.equals(".")) {
            return dot;
        }
        String[] path = word.split("\\.", -1);
        Object value = path[0].isEmpty() ? dot : variables.getOrDefault(path[0], "");
        for (int i = 1; i < path.length; i++) {
            value = field(value, path[i]);
        }
        return value;
    }

    private static Object field(Object object, String name) {
        Object value = object instanceof Map<?, ?> map ? map.get(name) : null;
        return value == null ? "" : value;
    }

    private static String unquoted(String word) {
        return word.substring(1, word.length() - 1).replace("\\n", "\n").replace("\\t", "\t");
    }

    private static List<String> words(String expression) {
        return WORD.matcher(expression).results().map(r -> r.group()).toList();
    }

    /// Nothing is written for what is empty.
    private static String text(Object value) {
        boolean empty =
                (value instanceof Map<?, ?> map && map.isEmpty())
                        || (value instanceof List<?> list && list.isEmpty());
        return empty ? "" : String.valueOf(value);
    }
}
