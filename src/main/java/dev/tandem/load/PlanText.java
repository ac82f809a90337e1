package dev.tandem.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A plan as lines of text, for a generator elsewhere: what the history has of it ({@link
/// LoadPlan#describe}), and what no history has: certificate authorities, and what requests show to
/// be let in.
///
/// ```
/// plan TAG 192.168.0.150 192.168.0.150 http=80 ...
/// authority BASE64
/// pass BASE64
/// ```
final class PlanText {
    /// What follows them, with the number of the run.
    static final String LAST = "run";

    private static final String PLAN = "plan ";
    private static final String AUTHORITY = "authority ";
    private static final String PASS = "pass ";

    /// Between two classes. A path has no blank, so this stands nowhere else.
    private static final String BETWEEN = "; (?=[A-Z_]+ weight=)";

    private PlanText() {}

    /// The lines.
    static List<String> of(LoadPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(PLAN + plan.tag() + " " + plan.describe());
        try {
            for (X509Certificate one : plan.target().authorities()) {
                lines.add(AUTHORITY + Base64.getEncoder().encodeToString(one.getEncoded()));
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException("a certificate without bytes", e);
        }
        plan.target().pass().ifPresent(pass -> lines.add(PASS + base64(pass.value())));
        return lines;
    }

    /// The plan of such lines.
    ///
    /// @throws IllegalArgumentException if they are none
    /// @throws IOException if they have an address or a certificate that is none
    static LoadPlan read(List<String> lines) throws IOException {
        String first = lines.isEmpty() ? "" : lines.getFirst();
        if (!first.startsWith(PLAN)) {
            throw new IllegalArgumentException("no plan");
        }
        List<X509Certificate> authorities = new ArrayList<>();
        Optional<Pass> pass = Optional.empty();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(AUTHORITY)) {
                authorities.add(certificate(line.substring(AUTHORITY.length())));
            } else if (line.startsWith(PASS)) {
                pass = Optional.of(new Pass(text(line.substring(PASS.length()))));
            } else {
                throw new IllegalArgumentException("not of a plan: " + line);
            }
        }
        return plan(first, authorities, pass);
    }

    private static LoadPlan plan(
            String line, List<X509Certificate> authorities, Optional<Pass> pass)
            throws IOException {
        List<String> parts = List.of(line.substring(PLAN.length()).split(BETWEEN, -1));
        List<String> words = List.of(parts.getFirst().split(" ", -1));
        Map<String, String> fields = fields(words.subList(3, words.size()));
        Target target =
                new Target(
                        InetAddress.getByName(words.get(1)),
                        words.get(2),
                        number(fields, "http"),
                        number(fields, "https"),
                        authorities,
                        pass);
        return new LoadPlan(
                target,
                words.get(0),
                number(fields, "rate"),
                Duration.parse(field(fields, "duration")),
                Long.parseLong(field(fields, "seed")),
                number(fields, "inflight"),
                parts.stream().skip(1).map(PlanText::classPlan).toList());
    }

    private static ClassPlan classPlan(String part) {
        List<String> words = List.of(part.split(" ", -1));
        Map<String, String> fields = fields(words.subList(1, words.size()));
        return new ClassPlan(
                RequestClass.valueOf(words.getFirst()),
                number(fields, "weight"),
                field(fields, "path"),
                Duration.parse(field(fields, "connect")),
                Duration.parse(field(fields, "limit")),
                Duration.parse(field(fields, "lasting")),
                number(fields, "size"),
                number(fields, "connections"),
                body(field(fields, "body")));
    }

    private static BodyCheck body(String word) {
        return switch (word) {
            case "any" -> new BodyCheck.Anything();
            case "id" -> new BodyCheck.Echo();
            default -> {
                int colon = word.indexOf(':');
                yield new BodyCheck.Fixed(
                        Long.parseLong(word.substring(0, Math.max(0, colon))),
                        Long.parseLong(word.substring(colon + 1), 16));
            }
        };
    }

    private static Map<String, String> fields(List<String> words) {
        Map<String, String> fields = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            fields.put(word.substring(0, Math.max(0, equals)), word.substring(equals + 1));
        }
        return fields;
    }

    private static int number(Map<String, String> fields, String name) {
        return Integer.parseInt(field(fields, name));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    private static X509Certificate certificate(String base64) throws IOException {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException e) {
            throw new IOException("a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    /// Any text as one word.
    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The text of such a word.
    ///
    /// @throws IllegalArgumentException if it is none
    static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
