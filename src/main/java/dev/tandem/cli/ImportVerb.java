package dev.tandem.cli;

import dev.tandem.disk.Disk;
import dev.tandem.importing.Imported;
import dev.tandem.importing.Importer;
import dev.tandem.importing.Told.Verdict;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// `tandem import`: the site file of a pair that is there already. Nothing of the pair is asked or
/// touched: what counts is what its files say.
public final class ImportVerb implements Verb<ImportVerb.Asked> {
    private final Console console;
    private final Path home;

    /// The arguments and options.
    ///
    /// @param haproxy the pair's haproxy.cfg
    /// @param keepalived its keepalived.conf, if it has one
    /// @param output the file to write; empty: it is printed
    /// @param json whether the answer is for a program
    public record Asked(
            String haproxy, Optional<String> keepalived, Optional<String> output, boolean json) {}

    public ImportVerb(Console console, Path home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String summary() {
        return "Makes the site file of a pair that is there. Overwrites none.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Optional<String>> haproxy =
                options.argument("HAPROXY_CFG", "The pair's haproxy.cfg.");
        Option<Optional<String>> keepalived =
                options.optionalArgument("KEEPALIVED_CONF", "Its keepalived.conf, for the VIP.");
        Option<Optional<String>> output =
                options.text(
                        "SITE_FILE",
                        "Writes the site file there; overwrites none.",
                        "-o",
                        "--output");
        Option<Boolean> json = Json.option(options);
        return given ->
                new Asked(
                        haproxy.in(given).orElse(""),
                        keepalived.in(given),
                        output.in(given).filter(name -> !name.isEmpty()),
                        json.in(given));
    }

    @Override
    public ExitCode run(Asked asked, SiteFile file) {
        if (asked.haproxy().isEmpty()) {
            console.remark("tandem: import needs the haproxy.cfg of the pair");
            console.remark("  next:  tandem import HAPROXY_CFG [KEEPALIVED_CONF]");
            return ExitCode.USAGE;
        }
        asked.output().ifPresent(ImportVerb::refuseExisting);
        String haproxy = text(asked.haproxy());
        Optional<String> keepalived = asked.keepalived().map(ImportVerb::text);
        Path base = asked.output().map(UserFiles::parent).orElse(file.base());
        Imported imported =
                new Importer(
                                home.resolve("docs/reference/tandem.schema.json").toUri().toString(),
                                new UserFiles(base))
                        .read(haproxy, keepalived);
        refuseOther(asked, imported);
        asked.output().ifPresent(output -> write(output, imported.yaml()));
        if (asked.json()) {
            console.answer(ImportJson.of(asked, imported));
        } else if (asked.output().isEmpty()) {
            console.answer(imported.yaml().stripTrailing());
        } else {
            console.answer(asked.output().get() + " written.");
        }
        summarize(asked, imported);
        return ExitCode.OK;
    }

    private static String text(String name) {
        byte[] content = UserFiles.content(name, "tandem import HAPROXY_CFG [KEEPALIVED_CONF]");
        return new String(content, StandardCharsets.UTF_8);
    }

    private static void refuseExisting(String output) {
        Owner.me().requireOwn(UserFiles.parent(output));
        if (Files.exists(Path.of(output), LinkOption.NOFOLLOW_LINKS)) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "there is a file of that name, and import overwrites none",
                    Path.of(output).toAbsolutePath().toString(),
                    "nothing was written",
                    "choose another name for --output, or leave it out to see the text");
        }
    }

    /// A file without a word of HAProxy's is another file.
    private static void refuseOther(Asked asked, Imported imported) {
        boolean hasProxy =
                imported.lines().stream()
                        .anyMatch(line -> line.text().matches("(frontend|backend|listen)\\s.*"));
        if (!hasProxy) {
            throw new Stop(
                    Stop.Kind.SITE_FILE,
                    asked.haproxy() + " is not a haproxy.cfg",
                    "no line in it begins with frontend, backend or listen",
                    "nothing was written",
                    "tandem import HAPROXY_CFG [KEEPALIVED_CONF], in this order");
        }
    }

    private static void write(String output, String text) {
        try {
            Disk.add(Path.of(output).toAbsolutePath(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void summarize(Asked asked, Imported imported) {
        console.remark(
                "%d lines are keys, %d stay HAProxy's own, %d Tandem does by itself, %d need your eye%s"
                        .formatted(
                                imported.count(Verdict.CARRIED),
                                imported.count(Verdict.RAW),
                                imported.count(Verdict.COVERED),
                                imported.count(Verdict.LISTED),
                                imported.listed().isEmpty() ? "." : ": see the head of the file."));
        asked.output()
                .ifPresent(output ->
                        console.remark(
                                "  next:  tandem validate --file %s; tandem plan --file %s"
                                        .formatted(output, output)));
    }
}
