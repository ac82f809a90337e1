package dev.tandem.file.yaml;

import java.util.List;
import java.util.stream.Collectors;

/// What a value may look like: the rules that a single value can break.
public sealed interface Shape {
    /// In the words of the reference document.
    String words();

    /// A map with keys of its own.
    record Section() implements Shape {
        @Override
        public String words() {
            return "map";
        }
    }

    /// A map whose keys are names chosen by the user, at least one.
    ///
    /// @param name what such a name looks like
    /// @param most how many there may be
    record Named(Text name, int most) implements Shape {
        @Override
        public String words() {
            return "map of names, 1 to " + most;
        }
    }

    /// The map under such a name.
    record Entry() implements Shape {
        @Override
        public String words() {
            return "map, may be empty";
        }
    }

    /// A whole number.
    ///
    /// @param what it is: a number, a port
    record Numeric(String what, int least, int most) implements Shape {
        @Override
        public String words() {
            return what + ", " + least + " to " + most;
        }
    }

    /// One of several words.
    record Word(List<String> choices) implements Shape {
        public Word {
            choices = List.copyOf(choices);
        }

        @Override
        public String words() {
            int last = choices.size() - 1;
            return choices.subList(0, last).stream()
                            .map(word -> "`" + word + "`")
                            .collect(Collectors.joining(", "))
                    + " or `"
                    + choices.get(last)
                    + "`";
        }
    }

    /// Whether something is so.
    record Truth() implements Shape {
        @Override
        public String words() {
            return "`true` or `false`";
        }
    }

    /// Any other text.
    ///
    /// @param words what it is
    /// @param pattern a regular expression that the whole text matches, in the syntax that Java and
    ///   JSON Schema share
    /// @param longest how many characters it may have
    record Text(String words, String pattern, int longest) implements Shape {}

    /// A text or, for who wants to say more, a map.
    record TextOrMap(Text text) implements Shape {
        @Override
        public String words() {
            return text.words() + ", or a map";
        }
    }

    /// One text, which may look like a number, or a list of them.
    ///
    /// @param what each of them is
    /// @param item what it looks like
    /// @param most how many there may be
    record OneOrMore(String what, Text item, int most) implements Shape {
        @Override
        public String words() {
            return what + ", or a list of up to " + most;
        }
    }

    /// A text of several lines.
    record Lines() implements Shape {
        @Override
        public String words() {
            return "lines";
        }
    }

    /// A list of maps.
    ///
    /// @param what its items are
    /// @param most how many there may be
    record Maps(String what, int most) implements Shape {
        @Override
        public String words() {
            return "list of " + what + ", each a map, 1 to " + most;
        }
    }

    /// A list.
    ///
    /// @param what its items are
    /// @param item what each of them looks like
    /// @param least how many there must be
    /// @param most how many there may be
    record Items(String what, Shape item, int least, int most) implements Shape {
        @Override
        public String words() {
            return "list of " + what + ", " + (least > 0 ? least + " to " : "at most ") + most;
        }
    }
}
