package dev.tandem.drill.journal;

import dev.tandem.docker.Attachment;
import dev.tandem.docker.Nodes;
import dev.tandem.drill.ground.Existing;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A fault that may be in place: the content of its file in the journal, which is all that a heal
/// by another process needs.
///
/// The file consists of lines of words between single spaces, readable by people too:
///
/// ```
/// fault web-kill
/// process 4711
/// since 2026-11-22T12:00:00Z
/// site tandem
/// toolbox tandem/balancer:0a1b2c3d4e5f
/// balancer haproxy-a tandem-haproxy-a
/// attached tandem_lan 192.168.0.151 haproxy-a,tandem-haproxy-a
/// server web-a tandem-web-a
/// existing shop shop-1
/// end
/// ```
///
/// @param fault the fault's name
/// @param process the process that opened it
/// @param since when
/// @param ground what it acts on, as it was when all was well
public record OpenFault(String fault, long process, Instant since, Ground ground) {
    private static final String NOTHING = "-";

    /// The file's text.
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "fault", fault);
        line(text, "process", Long.toString(process));
        line(text, "since", since.toString());
        line(text, "site", ground.site());
        line(text, "toolbox", ground.toolbox());
        ground.balancers().forEach(node -> node(text, "balancer", node));
        ground.servers().forEach(node -> node(text, "server", node));
        ground.existing().here().forEach(node -> node(text, "existing", node));
        line(text, "end");
        return text.toString();
    }

    private static void node(StringBuilder text, String kind, Node node) {
        line(text, kind, node.name(), node.container());
        for (Attachment one : node.attachments()) {
            String address = one.address().isEmpty() ? NOTHING : one.address();
            String aliases = one.aliases().isEmpty() ? NOTHING : String.join(",", one.aliases());
            line(text, "attached", one.network(), address, aliases);
        }
    }

    private static void line(StringBuilder text, String... words) {
        for (String word : words) {
            if (word.isEmpty() || word.chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("cannot be written as one word: '" + word + "'");
            }
        }
        text.append(String.join(" ", words)).append('\n');
    }

    /// Parses such a text.
    ///
    /// @param nodes the access to the containers
    /// @throws IllegalArgumentException if it is not one; the message says why
    static OpenFault parse(String text, Nodes nodes) {
        List<List<String>> lines = text.lines().map(one -> List.of(one.split(" ", -1))).toList();
        if (lines.isEmpty() || !lines.getLast().equals(List.of("end")) || !text.endsWith("\n")) {
            throw new IllegalArgumentException("its end is missing");
        }
        try {
            Ground ground =
                    new Ground(
                            value(lines, "site"),
                            value(lines, "toolbox"),
                            nodes(lines, "balancer"),
                            nodes(lines, "server"),
                            new Existing(nodes(lines, "existing"), List.of()),
                            nodes);
            return new OpenFault(
                    value(lines, "fault"),
                    Long.parseLong(value(lines, "process")),
                    Instant.parse(value(lines, "since")),
                    ground);
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String value(List<List<String>> lines, String key) {
        return lines.stream()
                .filter(line -> line.getFirst().equals(key) && line.size() == 2)
                .map(List::getLast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it does not say its " + key));
    }

    /// The nodes of a kind, each with the networks of the lines that follow it.
    private static List<Node> nodes(List<List<String>> lines, String kind) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).getFirst().equals(kind)) {
                List<Attachment> attached =
                        lines.subList(i + 1, lines.size()).stream()
                                .takeWhile(isOf("attached"))
                                .map(OpenFault::attachment)
                                .toList();
                nodes.add(new Node(lines.get(i).get(1), lines.get(i).get(2), attached));
            }
        }
        return nodes;
    }

    private static Predicate<List<String>> isOf(String kind) {
        return line -> line.getFirst().equals(kind);
    }

    private static Attachment attachment(List<String> words) {
        String address = words.get(2).equals(NOTHING) ? "" : words.get(2);
        List<String> aliases =
                words.get(3).equals(NOTHING) ? List.of() : List.of(words.get(3).split(",", -1));
        return new Attachment(words.get(1), address, aliases);
    }
}
