package dev.tandem.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What became of a request, from the lines of all nodes that name its id. Pure.
///
/// @param id the value of its `X-Tandem-Id`
/// @param sentences what happened, in order
/// @param evidence the lines that say so
public record RequestStory(String id, List<String> sentences, List<Said> evidence) {
    public RequestStory {
        sentences = List.copyOf(sentences);
        evidence = List.copyOf(evidence);
    }

    /// Tells it; empty when no line is about that request.
    ///
    /// @param lines in any order; those that only look like it are left out
    public static Optional<RequestStory> of(String id, List<Said> lines) {
        List<Said> sorted = lines.stream().sorted(Comparator.comparing(Said::at)).toList();
        List<String> sentences = new ArrayList<>();
        List<Said> evidence = new ArrayList<>();
        for (Said line : sorted) {
            sentence(id, line)
                    .ifPresent(text -> {
                        sentences.add(text);
                        evidence.add(line);
                    });
        }
        return sentences.isEmpty()
                ? Optional.empty()
                : Optional.of(new RequestStory(id, sentences, evidence));
    }

    private static Optional<String> sentence(String id, Said line) {
        Optional<HaproxyEntry> balancer =
                HaproxyEntry.parse(line.text()).filter(entry -> entry.id().equals(id));
        return balancer.map(entry -> balancer(line.node(), entry))
                .or(() ->
                        WebEntry.parse(line.text())
                                .filter(entry -> entry.id().equals(id))
                                .map(entry -> web(line.node(), entry)));
    }

    private static String balancer(String node, HaproxyEntry entry) {
        String given =
                entry.reachedServer() ? "gave it to " + entry.server() : "gave it to no web server";
        String answer =
                entry.status() < 0
                        ? "the client got no answer"
                        : "the client got " + entry.status();
        String end = end(entry.state());
        return "%s %s; %s%s.".formatted(node, given, answer, end.isEmpty() ? "" : ": " + end);
    }

    private static String web(String node, WebEntry entry) {
        return switch (entry.kind()) {
            case ANSWERED -> "%s answered it to %s.".formatted(node, entry.balancer());
            case RAN -> "Its program ran on %s.".formatted(node);
        };
    }

    /// How a session ended, by the first two letters of its state (HAProxy 3.0 configuration
    /// manual, 8.5); empty when it ended as it should.
    static String end(String state) {
        String who = who(state.charAt(0));
        return who.isEmpty() ? "" : (who + " " + when(state.charAt(1))).strip();
    }

    private static String who(char letter) {
        return switch (letter) {
            case 'C' -> "the client ended it";
            case 'S' -> "the web server refused or ended the connection";
            case 'P' -> "HAProxy refused it, or found a fault in it";
            case 'L' -> "HAProxy answered by itself";
            case 'R' -> "HAProxy had something no more: memory, ports or files";
            case 'I' -> "HAProxy found a fault of its own";
            case 'D' -> "the web server was found down";
            case 'U' -> "a web server that comes first was up again";
            case 'K' -> "an operator ended it";
            case 'c' -> "the client was silent for too long (timing.client)";
            case 's' -> "the web server was silent for too long (timing.server)";
            default -> "";
        };
    }

    private static String when(char letter) {
        return switch (letter) {
            case 'R' -> "before the request was whole";
            case 'Q' -> "in the queue for a web server";
            case 'C' -> "while connecting to the web server";
            case 'H' -> "before the headers of the answer";
            case 'D' -> "while the answer was under way";
            case 'L' -> "while its last bytes were sent";
            case 'T' -> "while it was held back";
            default -> "";
        };
    }

    @Override
    public String toString() {
        return String.join("\n", sentences);
    }
}
