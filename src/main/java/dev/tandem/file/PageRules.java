package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import dev.tandem.file.yaml.Visible;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// What a page may be that the balancers answer with.
final class PageRules {
    /// Those for which HAProxy has a page of its own (`http-error`), as far as it answers so here.
    static final List<String> STATUSES =
            List.of(
                    "400", "401", "403", "404", "405", "407", "408", "410", "413", "414", "425",
                    "429", "431", "500", "501", "502", "503", "504");

    static final Shape.Text STATUS = Shapes.text("status of an error", "[45][0-9]{2}");

    private static final List<String> ENDINGS = List.of("html", "htm", "txt", "json");

    /// With its header lines it must fit into one of HAProxy's buffers, 16 kB at least.
    private static final int LONGEST = 15 * 1024;

    static final KeyLimits LIMITS =
            KeyLimits.of(
                    "it ends in `.html`, `.htm`, `.txt` or `.json`",
                    "UTF-8, at most 15360 bytes: pictures and styles are elsewhere, or in it");

    private PageRules() {}

    /// The name below `errors`.
    static Verdict<String> status(String text) {
        return STATUSES.contains(text)
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is no status for which HAProxy has a page",
                        "one of " + String.join(", ", STATUSES) + ", in quotes: \"503\"");
    }

    static Verdict<String> page(String path, byte[] content) {
        if (!ENDINGS.contains(path.substring(path.lastIndexOf('.') + 1))) {
            return new Unfit<>(
                    "its name does not say what it is",
                    "a name that ends in one of "
                            + ENDINGS.stream()
                                    .map(one -> "." + one)
                                    .collect(Collectors.joining(" ")));
        }
        if (content.length == 0) {
            return new Unfit<>("it is empty", "write what clients are to see");
        }
        if (content.length > LONGEST) {
            return new Unfit<>(
                    "it has %d bytes, at most %d fit".formatted(content.length, LONGEST),
                    "leave pictures and fonts out of it: clients can load them from elsewhere");
        }
        return text(content);
    }

    private static Verdict<String> text(byte[] content) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            if (text.indexOf('\0') < 0) {
                return new Fits<>(text);
            }
        } catch (CharacterCodingException _) {
            // Said below.
        }
        return new Unfit<>("it is not UTF-8 text", "save it as UTF-8");
    }
}
