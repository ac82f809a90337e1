package dev.tandem.file.yaml;

import dev.tandem.file.yaml.YamlNode.Entry;
import dev.tandem.file.yaml.YamlNode.Kind;
import dev.tandem.file.yaml.YamlNode.Mapping;
import dev.tandem.file.yaml.YamlNode.Refused;
import dev.tandem.file.yaml.YamlNode.Scalar;
import dev.tandem.file.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Builds the {@link YamlNode} tree from the library's events.
///
/// It uses events rather than nodes, because by the time there are nodes, aliases have been
/// resolved and duplicate keys have won or lost. Here an alias is refused on sight, so that nothing
/// can multiply, and the depth is counted while reading, so that the stack cannot overflow.
public final class TreeReader {
    private static final int DEEPEST = 16;
    private static final String ONE_WAY = "write the value out where it is needed";

    private final Source source;
    private final Problems problems;
    private final ParserImpl events;
    private final ScalarResolver resolver = new CoreSchema().getScalarResolver();

    private TreeReader(Source source, Problems problems) {
        this.source = source;
        this.problems = problems;
        LoadSettings settings = LoadSettings.builder().setLabel(source.file()).build();
        this.events = new ParserImpl(settings, new StreamReader(settings, source.text()));
    }

    /// Reads the single document of the file. Empty when there is none or it could not be read to
    /// the end; the reason has been reported.
    static Optional<YamlNode> read(Source source, Problems problems) {
        try {
            return new TreeReader(source, problems).document();
        } catch (TooDeep tooDeep) {
            problems.add(
                    tooDeep.spot,
                    "nested deeper than " + DEEPEST + " levels",
                    "a site file needs four levels");
        } catch (YamlEngineException syntax) {
            Syntax.report(syntax, source, problems);
        }
        return Optional.empty();
    }

    private Optional<YamlNode> document() {
        next();
        if (!(peek() instanceof DocumentStartEvent)) {
            reportEmpty(problems);
            return Optional.empty();
        }
        refuseDirectives((DocumentStartEvent) next());
        YamlNode root = node(1);
        next();
        if (peek() instanceof DocumentStartEvent second) {
            problems.add(
                    spot(second),
                    "a second document begins here",
                    "one file describes one "
                            + problems.kind().thing()
                            + "; remove this '---' and what follows");
        }
        return Optional.of(root);
    }

    /// Reports that the file has no keys.
    static void reportEmpty(Problems problems) {
        problems.add(Spot.START, "the file is empty", problems.kind().needs());
    }

    private void refuseDirectives(DocumentStartEvent start) {
        if (start.getSpecVersion().isPresent() || !start.getTags().isEmpty()) {
            problems.add(
                    spot(start),
                    "YAML directives are not supported",
                    "remove the lines that begin with '%'");
        }
    }

    private YamlNode node(int depth) {
        Event event = next();
        if (depth > DEEPEST) {
            throw new TooDeep(spot(event));
        }
        if (event instanceof NodeEvent node && isRefused(node)) {
            skip(node, depth);
            return new Refused(spot(event));
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent sequence -> sequence(sequence, depth);
            case MappingStartEvent mapping -> mapping(mapping, depth);
            default -> throw new IllegalStateException("unexpected event " + event);
        };
    }

    /// Reports anchors, aliases and tags: three ways to say one thing, and the first two can turn a
    /// small file into a large one.
    private boolean isRefused(NodeEvent event) {
        if (event instanceof AliasEvent alias) {
            String name = "*" + alias.getAlias().getValue();
            problems.add(spot(event), "YAML aliases (" + name + ") are not supported", ONE_WAY);
            return true;
        }
        event.getAnchor()
                .ifPresent(anchor ->
                        problems.add(
                                spot(event),
                                "YAML anchors (&" + anchor.getValue() + ") are not supported",
                                "remove it; " + ONE_WAY));
        Optional<String> tag = tag(event);
        tag.ifPresent(name ->
                problems.add(
                        spot(event),
                        "YAML tags (" + name.replace(Tag.PREFIX, "!!") + ") are not supported",
                        "remove it"));
        return tag.isPresent();
    }

    private static Optional<String> tag(NodeEvent event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> Optional.empty();
        };
    }

    private void skip(NodeEvent event, int depth) {
        switch (event) {
            case SequenceStartEvent sequence -> sequence(sequence, depth);
            case MappingStartEvent mapping -> mapping(mapping, depth);
            default -> {}
        }
    }

    private Scalar scalar(ScalarEvent event) {
        Tag tag = resolver.resolve(event.getValue(), event.isPlain());
        Kind kind = Kind.TEXT;
        if (tag.equals(Tag.NULL)) {
            kind = Kind.NOTHING;
        } else if (tag.equals(Tag.BOOL)) {
            kind = Kind.TRUTH;
        } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            kind = Kind.NUMBER;
        }
        return new Scalar(spot(event), kind, event.getValue());
    }

    private Sequence sequence(SequenceStartEvent start, int depth) {
        List<YamlNode> items = new ArrayList<>();
        while (!isNext(Event.ID.SequenceEnd)) {
            items.add(node(depth + 1));
        }
        next();
        return new Sequence(spot(start), items);
    }

    private Mapping mapping(MappingStartEvent start, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (!isNext(Event.ID.MappingEnd)) {
            YamlNode key = node(depth + 1);
            YamlNode value = node(depth + 1);
            entry(key, value, entries);
        }
        next();
        return new Mapping(spot(start), List.copyOf(entries.values()));
    }

    private void entry(YamlNode key, YamlNode value, Map<String, Entry> entries) {
        switch (key) {
            case Refused _ -> {}
            case Mapping _, Sequence _ ->
                    problems.add(
                            key.spot(), "a key must be text, seen " + key.seen(), "such as 'vip:'");
            case Scalar scalar when scalar.text().equals("<<") ->
                    problems.add(key.spot(), "YAML merge keys (<<) are not supported", ONE_WAY);
            case Scalar scalar -> {
                Entry first = entries.putIfAbsent(scalar.text(), new Entry(scalar, value));
                if (first != null) {
                    duplicate(scalar, first);
                }
            }
        }
    }

    private void duplicate(Scalar key, Entry first) {
        problems.add(
                key.spot(),
                "duplicate key "
                        + Visible.quoted(key.text())
                        + ", first on line "
                        + first.key().spot().line(),
                "keep one of the two");
    }

    private Event next() {
        peek();
        return events.next();
    }

    /// The next event. The library's scanner gets whatever a user feeds it, and not all of its
    /// failures are of its own exception class: here they are converted to it.
    private Event peek() {
        try {
            return events.peekEvent();
        } catch (IllegalArgumentException | IndexOutOfBoundsException failure) {
            throw new YamlEngineException(failure);
        }
    }

    private boolean isNext(Event.ID id) {
        return peek().getEventId() == id;
    }

    private Spot spot(Event event) {
        return Syntax.spot(event.getStartMark(), event.getEndMark(), source);
    }

    /// Ends the reading of a document that is nested too deeply.
    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Spot spot;

        private TooDeep(Spot spot) {
            super("too deep", null, false, false);
            this.spot = spot;
        }
    }
}
