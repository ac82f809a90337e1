package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Checking;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `backend.check`: a path, or a map.
final class CheckBinder {
    private static final Pattern STATUSES = Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");

    private CheckBinder() {}

    /// What a web server is asked.
    record Check(String path, Optional<String> host, Checking how) {}

    static Optional<Check> bind(Fields backend) {
        if (!backend.isMap(WebKeys.BACKEND_CHECK)) {
            return backend.optional(WebKeys.BACKEND_CHECK, PathRules::check)
                    .map(path -> new Check(path.value(), Optional.empty(), Checking.USUAL));
        }
        Fields check = backend.section(WebKeys.BACKEND_CHECK);
        Optional<String> host =
                check.optional(WebKeys.BACKEND_CHECK_HOST, PathRules::host).map(Found::value);
        Checking how = how(check);
        return check.optional(WebKeys.BACKEND_CHECK_PATH, PathRules::check)
                .map(path -> new Check(path.value(), host, how));
    }

    private static Checking how(Fields check) {
        List<String> expect =
                check.oneOrMore(WebKeys.BACKEND_CHECK_EXPECT, CheckBinder::statuses).stream()
                        .map(Found::value)
                        .toList();
        return new Checking(
                check.optional(WebKeys.BACKEND_CHECK_METHOD, CheckBinder::method)
                        .map(Found::value)
                        .orElse(Checking.USUAL.method()),
                expect.isEmpty() ? Checking.USUAL.expect() : expect,
                check.number(WebKeys.BACKEND_CHECK_PORT).map(Found::value));
    }

    private static Verdict<String> method(String text) {
        List<String> methods = WebKeys.CHECK_METHODS.choices();
        return methods.contains(text)
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is not a method to check with",
                        "one of " + String.join(", ", methods));
    }

    private static Verdict<String> statuses(String text) {
        Matcher matcher = STATUSES.matcher(text);
        boolean fits =
                matcher.matches()
                        && (matcher.group(2) == null
                                || matcher.group(1).compareTo(matcher.group(2)) < 0);
        return fits
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is not a status of HTTP",
                        "such as 200, or from one to another: 200-399");
    }
}
