package dev.tandem.doctor;

import dev.tandem.prepare.ImageSeen;
import dev.tandem.prepare.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Findings about the images: how old they are, and which security updates they lack. Pure.
final class ImageFindings {
    private static final String REFRESH = "tandem up --refresh    (no request is lost)";

    private ImageFindings() {}

    static List<Finding> of(SiteSeen seen, Instant now) {
        return switch (seen.images()) {
            case Answer.Unknown<List<ImageSeen>>(String reason) ->
                    List.of(Finding.unknown("images", reason, ""));
            case Answer.Known<List<ImageSeen>>(List<ImageSeen> images) -> {
                List<Finding> findings = new ArrayList<>();
                images.forEach(one -> findings.add(of(one, now)));
                yield findings;
            }
        };
    }

    private static Finding of(ImageSeen one, Instant now) {
        String about = "image " + one.image();
        String age = one.age(now);
        return switch (one.updates().orElse(new Updates.Unknown("apt was not asked"))) {
            case Updates.Unknown(String reason) ->
                    Finding.unknown(
                            about,
                            age + "; whether it lacks security updates is not known: " + reason,
                            REFRESH + " rebuilds it");
            case Updates.Known(boolean secured, List<String> missing) when !secured ->
                    Finding.risk(
                            about,
                            age + "; trixie-security is not among its sources",
                            "known faults stay open until Debian's next point release, for months",
                            "add Debian's security updates to the sources of this machine's apt,"
                                    + " then: "
                                    + REFRESH);
            case Updates.Known(_, List<String> missing) when !missing.isEmpty() ->
                    Finding.risk(
                            about,
                            "%s; %d security update%s missing: %s"
                                    .formatted(
                                            age,
                                            missing.size(),
                                            missing.size() == 1 ? " is" : "s are",
                                            String.join(", ", missing)),
                            "the faults that they repair are known to everybody",
                            REFRESH);
            case Updates.Known _ -> Finding.well(about, age + "; no security update is missing");
        };
    }
}
