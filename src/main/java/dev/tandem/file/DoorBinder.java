package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.ErrorPage;
import dev.tandem.model.FrontDoor;
import dev.tandem.model.FrontDoor.Compression;
import dev.tandem.model.FrontDoor.Http3;
import dev.tandem.model.FrontDoor.LogFormat;
import dev.tandem.model.FrontDoor.RedirectHttp;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Reads the keys of {@link DoorKeys}.
final class DoorBinder {
    private DoorBinder() {}

    /// What is wrong has been reported, and then there is no site.
    ///
    /// @param pools the names of the pools that have one
    static FrontDoor bind(Fields root, List<String> pools, Problems problems, FileChecks files) {
        return new FrontDoor(
                root.optional(
                                DoorKeys.REDIRECT_HTTP,
                                Rule.onOrOff(RedirectHttp.ON, RedirectHttp.OFF))
                        .map(Found::value)
                        .orElse(RedirectHttp.OFF),
                HeadersBinder.bind(root, problems),
                ListenBinder.proxies(root, DoorKeys.TRUSTED_PROXIES),
                OwnLinesBinder.bind(root, pools, problems),
                root.optional(DoorKeys.COMPRESSION, Rule.onOrOff(Compression.ON, Compression.OFF))
                        .map(Found::value)
                        .orElse(Compression.OFF),
                root.has(DoorKeys.SYSLOG)
                        ? root.requiredList(DoorKeys.SYSLOG, AddressRules::syslog).stream()
                                .map(Found::value)
                                .toList()
                        : List.of(),
                root.optional(DoorKeys.LOG_FORMAT, DoorBinder::logFormat)
                        .map(Found::value)
                        .orElse(LogFormat.HTTPLOG),
                root
                        .pairs(DoorKeys.ERRORS, DoorKeys.ERROR, PageRules::status, PathRules::path)
                        .stream()
                        .flatMap(pair -> errorPage(pair, files).stream())
                        .sorted(Comparator.comparing(ErrorPage::name))
                        .toList(),
                AccessBinder.access(root),
                root.optional(DoorKeys.HTTP3, Rule.onOrOff(Http3.ON, Http3.OFF))
                        .map(Found::value)
                        .orElse(Http3.OFF),
                NotifyBinder.bind(root, problems, files));
    }

    private static Optional<ErrorPage> errorPage(
            Fields.Pair<String, String> pair, FileChecks files) {
        String status = pair.name().value();
        return files.page(pair.value(), DoorKeys.ERRORS.name() + "." + status)
                .map(page -> new ErrorPage(status, page));
    }

    private static Verdict<LogFormat> logFormat(String text) {
        for (LogFormat format : LogFormat.values()) {
            if (format.word().equals(text)) {
                return new Fits<>(format);
            }
        }
        return new Unfit<>(
                Visible.quoted(text) + " is not a format of log lines",
                "one of " + String.join(", ", DoorKeys.LOG_FORMATS.choices()));
    }
}
