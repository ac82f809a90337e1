package dev.tandem.file.yaml;

import java.util.List;

/// A part of the YAML tree, with its place.
///
/// Our own and not the library's: no anchors, no tags, keys are always scalars and unique, and the
/// depth is limited. Whoever reads it can be simple.
public sealed interface YamlNode {
    /// Where it begins.
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
    /// @param text what stands there, without quotes
    record Scalar(Spot spot, Kind kind, String text) implements YamlNode {
        private String description() {
            return switch (kind) {
                case TEXT -> "text " + Visible.quoted(text);
                case NUMBER, TRUTH -> kind.word() + " " + Visible.text(text);
                case NOTHING -> kind.word();
            };
        }
    }

    /// Something that was reported already; nothing more is said about it.
    record Refused(Spot spot) implements YamlNode {}

    /// One key with its value.
    record Entry(Scalar key, YamlNode value) {}

    /// What YAML 1.2 (core schema) takes a scalar for.
    enum Kind {
        /// Quoted, or like nothing below.
        TEXT("text"),
        /// Whole or not.
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
