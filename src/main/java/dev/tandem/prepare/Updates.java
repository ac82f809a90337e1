package dev.tandem.prepare;

import dev.tandem.docker.Output;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What apt says, inside an image, of updates for its packages. Pure.
public sealed interface Updates {
    /// What asks it, in the image: it fetches the lists into a container that is then removed. It
    /// tries once: where there is no way to a mirror, whoever asks would wait for further attempts
    /// to fail, which takes apt 40 s where name servers are silent.
    List<String> COMMAND =
            List.of(
                    "sh",
                    "-c",
                    """
                    apt-get $APT_OPTIONS -qq -o Acquire::Retries=0 -o APT::Update::Error-Mode=any \
                        update >/dev/null || exit 1
                    cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null \
                        | grep -v '^ *#' | grep -q trixie-security && echo secured
                    apt-get -qq --simulate dist-upgrade
                    """);

    /// It answered.
    ///
    /// @param secured whether Debian's security updates are among its sources
    /// @param missing the packages that have one, each with both of its versions
    record Known(boolean secured, List<String> missing) implements Updates {
        public Known {
            missing = List.copyOf(missing);
        }
    }

    /// It did not.
    ///
    /// @param reason what it said, in a line
    record Unknown(String reason) implements Updates {}

    /// Reads what the command printed.
    static Updates of(Output output) {
        if (!output.ok()) {
            return new Unknown("apt did not answer: " + output.lastLines(1).strip());
        }
        return new Known(
                output.stdout().lines().anyMatch("secured"::equals),
                output.stdout().lines().flatMap(line -> security(line).stream()).toList());
    }

    /// `Inst nginx [1.26.3-3] (1.26.3-3+deb13u1 Debian-Security:13/stable-security [amd64])`
    private static Optional<String> security(String line) {
        Matcher matcher =
                Pattern.compile("Inst (\\S+) \\[(\\S+)] \\((\\S+) (.*)\\).*").matcher(line);
        return matcher.matches() && matcher.group(4).contains("Debian-Security:")
                ? Optional.of(
                        "%s %s → %s"
                                .formatted(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }
}
