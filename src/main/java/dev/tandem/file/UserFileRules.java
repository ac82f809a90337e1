package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Visible;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a file of users may be, as `htpasswd` writes it: `name:hash` in each line. What is said of
/// it has the number of the line, and never the hash.
final class UserFileRules {
    static final KeyLimits LIMITS =
            KeyLimits.of(
                    "`name:hash` in each line, as `htpasswd -B`, `-2` or `-5` writes it",
                    "at most 1000 users");

    private static final int MOST = 1000;
    private static final int LARGEST = 256 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final String SALTED = "[./A-Za-z0-9]{1,16}[$]";

    /// What crypt(3) of the balancer's system knows, and does in some milliseconds at most: HAProxy
    /// computes it for each request, and answers nobody else meanwhile.
    private static final Pattern HASH =
            Pattern.compile(
                    "[$]5[$](rounds=[0-9]{4,5}[$])?"
                            + SALTED
                            + "[./A-Za-z0-9]{43}|[$]6[$](rounds=[0-9]{4,5}[$])?"
                            + SALTED
                            + "[./A-Za-z0-9]{86}|[$]2[aby][$]0[4-8][$][./A-Za-z0-9]{53}");

    private static final String HINT =
            "make it with: htpasswd -B -c FILE NAME, or -5 instead of -B";

    private UserFileRules() {}

    /// The users, one in a line: name, space, hash.
    static Verdict<String> users(byte[] content) {
        if (content.length > LARGEST) {
            return new Unfit<>("it has more than 256 kB", HINT);
        }
        Map<String, String> users = new LinkedHashMap<>();
        int number = 0;
        for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            String problem = problem(text, users);
            if (!problem.isEmpty()) {
                return new Unfit<>("line %d: %s".formatted(number, problem), HINT);
            }
        }
        if (users.isEmpty() || users.size() > MOST) {
            return new Unfit<>(
                    users.isEmpty() ? "nobody is in it" : "more than %d are in it".formatted(MOST),
                    HINT);
        }
        return new Fits<>(
                users.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    private static String problem(String line, Map<String, String> users) {
        List<String> parts = List.of(line.split(":", 2));
        if (parts.size() < 2 || !NAME.matcher(parts.getFirst()).matches()) {
            return "it is no name:hash, with a name of letters, digits, '.', '_', '@' and '-'";
        }
        String hash = parts.getLast();
        if (!HASH.matcher(hash).matches()) {
            return "the password of %s is %s"
                    .formatted(Visible.quoted(parts.getFirst()), seen(hash));
        }
        return users.putIfAbsent(parts.getFirst(), hash) == null
                ? ""
                : Visible.quoted(parts.getFirst()) + " is there twice";
    }

    private static String seen(String hash) {
        if (hash.startsWith("$apr1$") || hash.startsWith("{")) {
            return "hashed in Apache's own way, which HAProxy does not know";
        }
        if (hash.matches("[$]2[aby][$]\\d\\d[$].*")) {
            return "hashed at a cost of more than 08, which would hold up other requests";
        }
        return "not hashed in a way that is safe and that HAProxy knows";
    }
}
