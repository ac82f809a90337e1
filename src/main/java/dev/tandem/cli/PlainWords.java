package dev.tandem.cli;

import dev.tandem.cli.Declared.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a command line of plain words: declared options by their whole names, each at most once
/// unless it may be repeated, with values that look like nothing else; and as many arguments as are
/// declared. Of anything else it reads nothing, and the command line is picocli's.
///
/// Picocli understands all of that as well, and says what is wrong. But Java keeps classes of its
/// age in no cache, and reading them takes longer than everything else in a `status`. What is read
/// here is read there in the same way (`PlainWordsTest`).
final class PlainWords {
    private final List<Declared> declared;
    private final Map<String, List<String>> options = new HashMap<>();
    private final List<String> arguments = new ArrayList<>();

    private PlainWords(List<Declared> declared) {
        this.declared = declared;
    }

    /// What was given; empty when it is not plain.
    ///
    /// @param declared what the verb understands
    /// @param words those after the verb
    static Optional<Given> read(List<Declared> declared, List<String> words) {
        PlainWords reading = new PlainWords(declared);
        int at = 0;
        while (at < words.size()) {
            int taken = reading.take(words.subList(at, words.size()));
            if (taken == 0) {
                return Optional.empty();
            }
            at += taken;
        }
        return reading.hasItsArguments()
                ? Optional.of(new PlainGiven(reading.options, reading.arguments))
                : Optional.empty();
    }

    /// How many of the next words were understood, from the first one on.
    private int take(List<String> words) {
        String word = words.getFirst();
        if (!word.startsWith("-")) {
            return isPlain(word) && arguments.add(word) ? 1 : 0;
        }
        int equals = word.indexOf('=');
        if (equals > 0) {
            boolean isLong = word.startsWith("--");
            return isLong && put(word.substring(0, equals), word.substring(equals + 1)) ? 1 : 0;
        }
        Optional<Declared> flag = option(word).filter(one -> one.kind() == Kind.FLAG);
        if (flag.isPresent()) {
            return options.put(flag.get().names().getFirst(), List.of()) == null ? 1 : 0;
        }
        return words.size() > 1 && put(word, words.get(1)) ? 2 : 0;
    }

    private boolean put(String name, String value) {
        return isPlain(value) && option(name).filter(one -> put(one, value)).isPresent();
    }

    private boolean put(Declared option, String value) {
        String name = option.names().getFirst();
        return switch (option.kind()) {
            case TEXT -> options.put(name, List.of(value)) == null;
            case NUMBER ->
                    value.matches("0|[1-9][0-9]{0,8}") && options.put(name, List.of(value)) == null;
            case TEXTS -> options.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            case FLAG, UNLESS_NO, ARGUMENT, OPTIONAL_ARGUMENT, ARGUMENTS -> false;
        };
    }

    private Optional<Declared> option(String name) {
        return declared.stream().filter(one -> one.names().contains(name)).findFirst();
    }

    /// What can only be a value: no option, no file of arguments, no quotes.
    private static boolean isPlain(String word) {
        return word.matches("[A-Za-z0-9/.~_][^\"'\\s\\\\]*");
    }

    private boolean hasItsArguments() {
        long least = declared.stream().filter(one -> one.kind() == Kind.ARGUMENT).count();
        boolean many = declared.stream().anyMatch(one -> one.kind() == Kind.ARGUMENTS);
        long most = declared.stream().filter(Declared::isArgument).count();
        return arguments.size() >= least && (many || arguments.size() <= most);
    }
}
