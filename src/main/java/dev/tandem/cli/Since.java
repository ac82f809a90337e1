package dev.tandem.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What may be typed as `--since`: what `docker logs` takes. Docker takes more than it says, and
/// reads some of it as something else, so what it gets is checked here. Pure.
final class Since {
    private static final Pattern AGO = Pattern.compile("(\\d{1,9}(\\.\\d{1,9})?(h|m|s|ms))+");

    /// `T` may be a space, as `tandem history` writes it.
    private static final Pattern MOMENT =
            Pattern.compile(
                    "(\\d{4}-\\d{2}-\\d{2})"
                            + "([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?"
                            + "(Z|[+-]\\d{2}:\\d{2})?)?");

    private Since() {}

    /// What Docker is given; empty when it is no time.
    static Optional<String> read(String typed) {
        String text = typed.strip();
        if (AGO.matcher(text).matches()) {
            return Optional.of(text);
        }
        Matcher moment = MOMENT.matcher(text);
        return moment.matches() && exists(moment)
                ? Optional.of(text.replace(' ', 'T'))
                : Optional.empty();
    }

    private static boolean exists(Matcher moment) {
        try {
            LocalDate.parse(moment.group(1));
            if (moment.group(2) != null) {
                LocalTime.parse(moment.group(2).substring(1).replaceFirst("(Z|[+-].*)$", ""));
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
