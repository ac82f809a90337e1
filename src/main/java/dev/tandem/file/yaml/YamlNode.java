package dev.tandem.file.yaml;

import java.util.List;

/// A part of the YAML tree, with its place.
///
/// It is Tandem's own type, not the library's: no anchors, no tags, keys are always unique scalars,
/// and the depth is limited. So code that reads it can be simple.
public sealed interface YamlNode {
    /// Where the node begins.
    Spot spot();

    /// Keys with values, in the order of the file.
    record Mapping(Spot spot, List<Entry> entries) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    /// A list.
    record Sequence(Spot spot, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// One value.
    ///
    /// @param text the value as written, without quotes
    record Scalar(Spot spot, Kind kind, String text) implements YamlNode {
        private String description() {
            return switch (kind) {
                case TEXT -> "text " + Visible.quoted(text);
                case NUMBER, TRUTH -> kind.word() + " " + Visible.text(text);
                case NOTHING -> kind.word();
            };
        }
    }

    /// Something that has been reported already; nothing more is said about it.
    record Refused(Spot spot) implements YamlNode {}

    /// One key with its value.
    record Entry(Scalar key, YamlNode value) {}

    /// What YAML 1.2 (core schema) takes a scalar to be.
    enum Kind {
        /// Quoted, or none of the below.
        TEXT("text"),
        /// Whole or fractional.
        NUMBER("number"),
        /// `true` or `false`; `yes`, `no`, `on` and `off` are text since YAML 1.2.
        TRUTH("truth value"),
        /// Empty, `~` or `null`.
        NOTHING("nothing");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// The word for it in messages.
        public String word() {
            return word;
        }
    }

    /// What the user sees there, for "seen ..." in a message.
    default String seen() {
        return switch (this) {
            case Mapping _ -> "a map";
            case Sequence _ -> "a list";
            case Refused _ -> "nothing";
            case Scalar scalar -> scalar.description();
        };
    }
}
